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
    private final List<EventReader> readers = new CopyOnWriteArrayList<>();

    /** Those who are asked for each event anew whether they want it. */
    private final List<TapReader> taps = new CopyOnWriteArrayList<>();

    private final Function<StreamEvent, StreamEvent.Debug> debug;
    private volatile Set<StreamMode> wanted = EnumSet.noneOf(StreamMode.class);

    /** @param debug what an event of TASKS or CHECKPOINTS looks like to those who debug */
    public Audience(Function<StreamEvent, StreamEvent.Debug> debug) {
        this.debug = debug;
    }

    public void add(EventReader reader) {
        if (!readers.contains(reader)) {
            readers.add(reader);
        }
        count();
    }

    /** Adds one who may want other events later. */
    public void add(TapReader tap) {
        taps.add(tap);
    }

    /** Hands each reader on. */
    public void each(Consumer<EventReader> consumer) {
        readers.forEach(consumer);
        taps.forEach(consumer);
    }

    /** Nothing more comes. */
    public void rested() {
        taps.forEach(TapReader::rested);
    }

    /** Whether anybody listens at all. */
    public boolean isEmpty() {
        return wanted.isEmpty() && taps.isEmpty();
    }

    /** Whether somebody would hear an event of this mode; allocates nothing. */
    public boolean wants(StreamMode mode) {
        return wanted.contains(mode) || isTapped(mode);
    }

    /** Allocates nothing where nobody taps. */
    private boolean isTapped(StreamMode mode) {
        if (taps.isEmpty()) {
            return false;
        }
        for (TapReader tap : taps) {
            if (tap.wants(mode)) {
                return true;
            }
        }
        return false;
    }

    public void tell(StreamEvent event) {
        tell(event, Audience::anyone, Audience::always);
    }

    /** Tells those for whom it holds. */
    public void tell(StreamEvent event, Predicate<EventReader> whom) {
        tell(event, whom, Audience::always);
    }

    /** Tells it unless the condition falls before there is room. */
    public void tell(StreamEvent event, BooleanSupplier stillHolds) {
        tell(event, Audience::anyone, stillHolds);
    }

    private void tell(StreamEvent event, Predicate<EventReader> whom, BooleanSupplier stillHolds) {
        boolean left = false;
        for (EventReader reader : readers) {
            left |= reader.isDetached();
            tell(reader, event, whom, stillHolds);
        }
        for (TapReader tap : taps) {
            tell(tap, event, whom, stillHolds);
        }
        if (left) {
            readers.removeIf(EventReader::isDetached);
            count();
        }
    }

    private void tell(EventReader reader, StreamEvent event, Predicate<EventReader> whom, BooleanSupplier stillHolds) {
        if (!whom.test(reader)) {
            return;
        }
        if (reader.wants(event.mode())) {
            reader.publish(event, stillHolds);
        }
        if (isDebugged(event.mode()) && reader.wants(StreamMode.DEBUG)) {
            reader.publish(debug.apply(event), stillHolds);
        }
    }

    private static boolean anyone(EventReader reader) {
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
