package dev.clew.contracts.lab;

/** Tells how much of a product of cases a test runs: all of it with {@code -Pnightly}, which sets {@code clew.nightly}. */
public final class Nightly {
    private static final boolean ON = Boolean.getBoolean("clew.nightly");

    private Nightly() {}

    public static boolean isOn() {
        return ON;
    }
}
