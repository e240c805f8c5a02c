package dev.clew.engine.events;

import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.function.BooleanSupplier;

/**
 * One who hears the events of a run.
 *
 * <pre>{@code
 * if (reader.wants(event.mode())) {
 *   reader.publish(event, () -> true);
 * }
 * }</pre>
 */
public interface EventReader {
    /** Whether events of this mode are read; if not, they need not be built. */
    boolean wants(StreamMode mode);

    /** Whether the reader has left; it never comes back. */
    boolean isDetached();

    /** Marks the beginning of what is heard; false where it has begun before. */
    boolean begin();

    /** Hands on an event, if it still holds once there is room for it. */
    void publish(StreamEvent event, BooleanSupplier stillHolds);
}
