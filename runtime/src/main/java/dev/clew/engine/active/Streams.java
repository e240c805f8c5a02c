package dev.clew.engine.active;

import dev.clew.engine.caller.Relay;
import dev.clew.engine.events.EventQueue;
import dev.clew.engine.run.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who hears what comes of which invocation, named by the future of its result; over pauses, until it has one.
 */
@SuppressWarnings("CollectionUndefinedEquality") // futures are keys by identity
public final class Streams {
    private final Map<CompletableFuture<?>, List<Ear>> ears = new ConcurrentHashMap<>();

    /** A reader, and whether this very result ends what it hears: else it waits for another one that follows. */
    private record Ear(EventQueue reader, boolean ends) {}

    /** Lets a reader hear of an invocation from its next session on, until it has its result. */
    public void open(CompletableFuture<?> result, EventQueue reader) {
        add(result, List.of(new Ear(reader, true)));
    }

    /** Lets the readers of an invocation hear of another one as well, whose result it will get. */
    public void handOn(CompletableFuture<?> from, CompletableFuture<?> to) {
        List<Ear> guests = ears.getOrDefault(from, List.of()).stream()
                .map(ear -> new Ear(ear.reader(), false))
                .toList();
        if (!guests.isEmpty()) {
            add(to, guests);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the readers are told, whatever the result
    private void add(CompletableFuture<?> result, List<Ear> more) {
        boolean[] first = {false};
        ears.compute(result, (key, before) -> {
            first[0] = before == null;
            List<Ear> all = new ArrayList<>(before == null ? List.of() : before);
            all.removeIf(ear -> ear.reader().isDetached());
            all.addAll(more);
            return List.copyOf(all);
        });
        if (first[0]) {
            Relay.engineStage(result);
            result.whenComplete((value, error) -> end(result));
        }
    }

    private void end(CompletableFuture<?> result) {
        List<Ear> told = ears.remove(result);
        if (told != null) {
            told.stream().filter(Ear::ends).forEach(ear -> ear.reader().end());
        }
    }

    /** Lets the readers of this invocation hear a session. */
    public void follow(CompletableFuture<?> result, Session session) {
        ears.getOrDefault(result, List.of()).forEach(ear -> session.broadcast().add(ear.reader()));
    }

    /** How many readers there are. */
    int size() {
        return ears.values().stream().mapToInt(List::size).sum();
    }
}
