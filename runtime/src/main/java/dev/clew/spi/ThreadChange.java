package dev.clew.spi;

import dev.clew.value.TypeRef;
import java.util.List;
import java.util.function.BiPredicate;
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
    record Value(
            @Nullable Object output, @Nullable Object saved) implements ThreadChange {}

    /**
     * A new run that begins with a part of the log of the run that was read. It is INTERRUPTED: {@code Command.proceed()}
     * runs it, and {@code recover()} leaves it alone.
     *
     * @param superstep where it is opened
     * @param keepsStep whether the step with this path stays, with all that is below it
     * @param staysOpen whether the scope with this path stays, without its outcome; what is below it is judged on its own
     * @param keepsNote whether a scope's note stays, by the scope's path and the note's key
     * @param notes what is noted beside these
     * @param outcomes outcomes that are added
     */
    record Branch(
            int superstep,
            Predicate<String> keepsStep,
            Predicate<String> staysOpen,
            BiPredicate<String, String> keepsNote,
            List<Note> notes,
            List<Outcome> outcomes)
            implements ThreadChange {
        public Branch {
            notes = List.copyOf(notes);
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * A new run after the one that was read, whose saved value it gets; else as {@link Branch}.
     *
     * @param notes what is noted
     * @param outcomes outcomes that are added
     */
    record Continuation(List<Note> notes, List<Outcome> outcomes) implements ThreadChange {
        public Continuation {
            notes = List.copyOf(notes);
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * A note of a scope.
     *
     * @param scope the scope's path
     * @param key what it is noted under
     */
    record Note(String scope, String key, Object value, TypeRef<?> type) {}

    /**
     * The outcome of a node's execution.
     *
     * @param scope the path of the scope that calls it
     * @param node the node's name
     * @param n which of its executions, counted from 1
     * @param call which call of its scope it is, counted from 0
     */
    record Outcome(
            String scope,
            String node,
            int n,
            int call,
            @Nullable Object value,
            TypeRef<?> type) {}
}
