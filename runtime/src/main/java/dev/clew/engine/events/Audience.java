package dev.clew.engine.events;

import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Those who hear the same events. Knows what they want, so that an event that nobody wants is not even built. Thread-safe.
 *
 * <pre>{@code
 * if (audience.wants(StreamMode.CUSTOM)) {
 *   audience.tell(new StreamEvent.Custom(name, path, value, false));
 * }
 * }</pre>
 */
public final class Audience {
    private final List<EventQueue> readers = new CopyOnWriteArrayList<>();
    private final Function<StreamEvent, StreamEvent.Debug> debug;
    private volatile Set<StreamMode> wanted = EnumSet.noneOf(StreamMode.class);

    /** @param debug what an event of TASKS or CHECKPOINTS looks like to those who debug */
    public Audience(Function<StreamEvent, StreamEvent.Debug> debug) {
        this.debug = debug;
    }

    public void add(EventQueue reader) {
        if (!readers.contains(reader)) {
            readers.add(reader);
        }
        count();
    }

    /** Hands each reader on. */
    public void each(Consumer<EventQueue> consumer) {
        readers.forEach(consumer);
    }

    /** Whether anybody listens at all. */
    public boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** Whether somebody would hear an event of this mode; allocates nothing. */
    public boolean wants(StreamMode mode) {
        return wanted.contains(mode);
    }

    public void tell(StreamEvent event) {
        tell(event, Audience::anyone, Audience::always);
    }

    /** Tells those for whom it holds. */
    public void tell(StreamEvent event, Predicate<EventQueue> whom) {
        tell(event, whom, Audience::always);
    }

    /** Tells it unless the condition falls before there is room. */
    public void tell(StreamEvent event, BooleanSupplier stillHolds) {
        tell(event, Audience::anyone, stillHolds);
    }

    private void tell(StreamEvent event, Predicate<EventQueue> whom, BooleanSupplier stillHolds) {
        boolean left = false;
        for (EventQueue reader : readers) {
            left |= reader.isDetached();
            if (!whom.test(reader)) {
                continue;
            }
            if (reader.wants(event.mode())) {
                reader.publish(event, stillHolds);
            }
            if (isDebugged(event.mode()) && reader.wants(StreamMode.DEBUG)) {
                reader.publish(debug.apply(event), stillHolds);
            }
        }
        if (left) {
            readers.removeIf(EventQueue::isDetached);
            count();
        }
    }

    private static boolean anyone(EventQueue reader) {
        return true;
    }

    private static boolean always() {
        return true;
    }

    private static boolean isDebugged(StreamMode mode) {
        return mode == StreamMode.TASKS || mode == StreamMode.CHECKPOINTS;
    }

    private synchronized void count() {
        Set<StreamMode> all = EnumSet.noneOf(StreamMode.class);
        for (StreamMode mode : StreamMode.values()) {
            boolean debugged = isDebugged(mode);
            if (readers.stream().anyMatch(r -> r.wants(mode) || debugged && r.wants(StreamMode.DEBUG))) {
                all.add(mode);
            }
        }
        wanted = all;
    }
}
