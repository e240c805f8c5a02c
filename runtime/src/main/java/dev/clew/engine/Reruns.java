package dev.clew.engine;

import dev.clew.engine.log.StepPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets parked scopes of a running session run again, because a question below them was answered. All methods need the
 * session's lock.
 *
 * <p>A scope that asks ends its attempt: it is parked, and so is each scope that joined it. The first parked scope on the
 * way from the root to the question runs again; its new attempt repeats what is recorded and comes to the answer. A scope
 * that is still executing is marked: if it is parked, it runs again at once.
 */
final class Reruns {
    private final Session session;

    Reruns(Session session) {
        this.session = session;
    }

    /** Finds the scope that an answer makes run again and queues it; null if none has to be enqueued. */
    @Nullable
    Step wake(Step root, String question) {
        List<String> scopes = scopes(question);
        for (int i = 0; i < scopes.size(); i++) {
            Step leftover = session.leftovers().find(scopes.get(i));
            if (leftover != null && !leftover.atRest()) {
                return walk(leftover, scopes.subList(i + 1, scopes.size()));
            }
            if (leftover != null) {
                // The next attempt of its caller must not adopt it as parked, but begin it anew.
                session.leftovers().take(scopes.get(i));
            }
        }
        return walk(root, scopes);
    }

    private @Nullable Step walk(Step from, List<String> below) {
        Step deepest = from;
        for (String path : below) {
            Step called = calledBy(deepest, path);
            if (called == null) {
                break;
            }
            deepest = called;
        }
        if (deepest.state() == StepState.RUNNING) {
            deepest.again = true;
        }
        boolean parked = deepest.state() == StepState.PARKED && deepest.parkedBy == Suspension.Reason.PARKED;
        if (!parked) {
            return null;
        }
        session.core().unpark(deepest);
        session.runner().requeued(deepest);
        return deepest;
    }

    /** What a scope's present attempt has called and not joined at this path; null if there is none, or it is unwound. */
    private static @Nullable Step calledBy(Step scope, String path) {
        Attempt attempt = scope.attempt;
        Frame frame = attempt == null || scope.state() != StepState.RUNNING ? null : attempt.frame();
        if (attempt == null || frame == null || !attempt.live || frame.seal() != null) {
            return null;
        }
        return frame.open().stream()
                .filter(step -> step.path().equals(path))
                .findFirst()
                .orElse(null);
    }

    /** The paths of the scopes around a question, the outermost first, without the root's. */
    private static List<String> scopes(String question) {
        List<String> scopes = new ArrayList<>();
        for (String at = StepPath.parent(question); !at.isEmpty(); at = StepPath.parent(at)) {
            scopes.add(0, at);
        }
        return scopes;
    }
}
