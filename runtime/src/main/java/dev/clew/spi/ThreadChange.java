package dev.clew.spi;

import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a thread that is edited by hand.
 *
 * <pre>{@code
 * new ThreadChange.Value(output, saved)
 * }</pre>
 */
public sealed interface ThreadChange {
    /**
     * The thread has this value, as if a run had completed with it.
     *
     * @param output what callers get
     * @param saved what the next run gets
     */
    record Value(@Nullable Object output, @Nullable Object saved) implements ThreadChange {}

    /**
     * A new run that begins with a part of the log of the run that was read. It is INTERRUPTED: {@code Command.proceed()}
     * runs it, and {@code recover()} leaves it alone.
     *
     * @param superstep where it is opened
     * @param body what stays of the body, and what is added to it
     */
    record Branch(int superstep, Part body) implements ThreadChange {}

    /**
     * The part of a scope's log that stays, and what is added to it.
     *
     * <pre>{@code
     * new ThreadChange.Part(4, Map.of(), key -> true, List.of(), List.of(), Map.of())
     * }</pre>
     *
     * @param calls how many calls of the scope stay, with all that is below them
     * @param kept later calls that stay, by their paths, with their new places among the calls of the scope
     * @param keepsNote which of the scope's notes stay, by their keys
     * @param notes what the scope notes beside these
     * @param outcomes outcomes that are added
     * @param open calls among the kept ones that have no outcome, by their paths, with what stays of each
     */
    record Part(
            int calls,
            Map<String, Integer> kept,
            Predicate<String> keepsNote,
            List<Note> notes,
            List<Outcome> outcomes,
            Map<String, Part> open) {
        public Part {
            kept = Map.copyOf(kept);
            notes = List.copyOf(notes);
            outcomes = List.copyOf(outcomes);
            open = Map.copyOf(open);
        }
    }

    /**
     * A new run after the one that was read, whose saved value it gets; else as {@link Branch}.
     *
     * @param superstep where it is opened
     * @param notes what is noted
     * @param outcomes outcomes that are added
     */
    record Continuation(int superstep, List<Note> notes, List<Outcome> outcomes) implements ThreadChange {
        public Continuation {
            notes = List.copyOf(notes);
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * A note of a scope.
     *
     * @param key what it is noted under
     */
    record Note(String key, Object value, TypeRef<?> type) {}

    /**
     * The outcome of a node's execution that a scope calls.
     *
     * @param node the node's name
     * @param n which of its executions, counted from 1
     * @param call which call of the scope it is, counted from 0
     */
    record Outcome(String node, int n, int call, @Nullable Object value, TypeRef<?> type) {}
}
