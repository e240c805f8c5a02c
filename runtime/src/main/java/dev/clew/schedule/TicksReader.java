package dev.clew.schedule;

/**
 * Reads the stored form of one kind of {@link Ticks}. Readers are found by {@link java.util.ServiceLoader}, so a worker needs
 * no more than the jar on its class path or module path. Thread-safe.
 *
 * <pre>{@code
 * module my.ticks {
 *   provides dev.clew.schedule.TicksReader with my.ticks.MoonReader;   // or META-INF/services/dev.clew.schedule.TicksReader
 * }
 * }</pre>
 */
public interface TicksReader {
    /** Returns what stands before the first colon of the texts that it reads, such as {@code every}. */
    String kind();

    /**
     * Reads what stands behind that colon.
     *
     * @throws dev.clew.value.IllegalRequestException if it is no such text
     */
    Ticks read(String text);
}
