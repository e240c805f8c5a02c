package dev.clew.schedule;

/** Reads the stored form of {@link Every}. */
final class EveryReader implements TicksReader {
    @Override
    public String kind() {
        return Every.KIND;
    }

    @Override
    public Ticks read(String text) {
        return Every.read(text);
    }
}
