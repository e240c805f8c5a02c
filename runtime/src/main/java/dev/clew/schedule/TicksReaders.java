package dev.clew.schedule;

import dev.clew.value.IllegalRequestException;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /** Returns whether there is a reader of texts of this kind; it may refuse the text. */
    public boolean hasReader(String text) {
        return reader(text) != null;
    }

    private @Nullable TicksReader reader(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? null : byKind.get(text.substring(0, colon));
    }

    /**
     * Reads the stored form of ticks.
     *
     * @throws IllegalRequestException if no reader has this kind, or if its reader refuses the text
     */
    public Ticks read(String text) {
        TicksReader reader = reader(text);
        if (reader == null) {
            throw new IllegalRequestException("ticks '" + text + "' are of a kind that no reader here has; known are "
                    + byKind.keySet()
                    + ". Cron is read by clew-schedules, which must be on the class path; ticks of your"
                    + " own need a TicksReader that ServiceLoader finds");
        }
        return reader.read(text.substring(text.indexOf(':') + 1));
    }
}
