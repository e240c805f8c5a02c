package dev.clew.engine;

import dev.clew.stream.EventQueue;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which reader streams which invocation, named by the future of its result; over pauses, until it has one.
 */
@SuppressWarnings("CollectionUndefinedEquality") // futures are keys by identity
final class Streams {
    private final Map<CompletableFuture<?>, EventQueue> readers = new ConcurrentHashMap<>();

    @SuppressWarnings("FutureReturnValueIgnored") // the reader is told, whatever the result
    void open(CompletableFuture<?> result, @Nullable EventQueue reader) {
        if (reader == null) {
            return;
        }
        readers.put(result, reader);
        result.whenComplete((value, error) -> {
            readers.remove(result);
            reader.end();
        });
    }

    @Nullable
    EventQueue reader(CompletableFuture<?> result) {
        return readers.get(result);
    }

    /** Lets the reader of this invocation hear a session. */
    void follow(CompletableFuture<?> result, Session session) {
        EventQueue reader = readers.get(result);
        if (reader != null) {
            session.broadcast().add(reader);
        }
    }
}
