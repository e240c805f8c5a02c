package dev.clew.schedule;

import dev.clew.value.IllegalRequestException;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The readers of ticks that a process has: that of {@link Every}, and those that {@link ServiceLoader} finds. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Ticks ticks = TicksReaders.ofThisThread().read("every:PT15M");
 * }</pre>
 */
public final class TicksReaders {
    private final Map<String, TicksReader> byKind = new TreeMap<>();

    private TicksReaders() {
        add(new EveryReader());
    }

    /**
     * Finds the readers that the context class loader of this thread sees, and those beside this class.
     *
     * @throws IllegalRequestException if one that is named cannot be made
     */
    public static TicksReaders ofThisThread() {
        TicksReaders found = new TicksReaders();
        try {
            ServiceLoader.load(TicksReader.class).forEach(found::add);
            ServiceLoader.load(TicksReader.class, TicksReader.class.getClassLoader())
                    .forEach(found::add);
        } catch (ServiceConfigurationError broken) {
            throw new IllegalRequestException("a reader of ticks cannot be made: " + broken.getMessage(), broken);
        }
        return found;
    }

    private void add(TicksReader reader) {
        byKind.putIfAbsent(reader.kind(), reader);
    }

    /**
     * Reads the stored form of ticks.
     *
     * @throws IllegalRequestException if no reader has this kind, or if its reader refuses the text
     */
    public Ticks read(String text) {
        int colon = text.indexOf(':');
        TicksReader reader = byKind.get(colon < 0 ? text : text.substring(0, colon));
        if (colon < 0 || reader == null) {
            throw new IllegalRequestException("ticks '" + text + "' are of a kind that no reader here has; known are "
                    + byKind.keySet()
                    + ". Cron is read by clew-schedules, which must be on the class path; ticks of your"
                    + " own need a TicksReader that ServiceLoader finds");
        }
        return reader.read(text.substring(colon + 1));
    }
}
