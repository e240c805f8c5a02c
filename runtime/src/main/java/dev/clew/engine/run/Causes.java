package dev.clew.engine.run;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.task.TaskFailedException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the steps of a scope whose failures caused the scope's own: those in the cause chain of what left its body,
 * suppressed exceptions included. A new attempt runs them again.
 */
final class Causes {
    /** A chain that is longer was made by a fault; the rest of it is not looked at. */
    private static final int MOST = 10_000;

    private Causes() {}

    /** Records the causes before the failure itself. On the scope's own thread. */
    static void record(Session session, ScopeAttempt scope, Throwable thrown) {
        Set<Throwable> chain = chain(thrown);
        session.locked(() -> {
            Set<Integer> causes = new TreeSet<>();
            chain.forEach(part -> add(scope, part, causes));
            if (!causes.isEmpty()) {
                Journal.Placed unused = session.journal()
                        .place(new LogEntry.CausedBy(
                                scope.step().path(),
                                session.time().micros(),
                                List.copyOf(causes),
                                scope.takeObserved(scope.observedMark())));
            }
        });
        session.journal().requireWritten();
    }

    private static Set<Throwable> chain(Throwable thrown) {
        Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(thrown));
        while (!open.isEmpty() && chain.size() < MOST) {
            Throwable next = open.pop();
            if (chain.add(next)) {
                addCause(next, open);
                Collections.addAll(open, next.getSuppressed());
            }
        }
        return chain;
    }

    private static void addCause(Throwable thrown, Deque<Throwable> open) {
        try {
            Throwable cause = thrown.getCause();
            if (cause != null) {
                open.push(cause);
            }
        } catch (RuntimeException | Error speechless) {
            // An exception whose own code fails has no cause that can be told.
        }
    }

    private static void add(ScopeAttempt scope, Throwable part, Set<Integer> causes) {
        Integer limit = scope.limitThatPassed(part);
        if (limit != null) {
            causes.add(limit);
        } else if (part instanceof TaskFailedException failed) {
            StepLog step = scope.log()
                    .step(segment(scope.step().path(), failed.failure().path()));
            if (step != null && step.status() == StepLog.Status.FAILED) {
                causes.add(step.call().ordinal());
            }
        }
    }

    /** The scope's own step on the way to this path; empty for a path that is not below the scope. */
    private static String segment(String scope, String path) {
        String below = scope.equals(StepPath.ROOT) ? "" : scope + "/";
        if (!path.startsWith(below)) {
            return "";
        }
        int slash = path.indexOf('/', below.length());
        return path.substring(below.length(), slash < 0 ? path.length() : slash);
    }
}
