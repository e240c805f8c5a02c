package dev.clew.engine.core;

import dev.clew.engine.log.StepPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets parked scopes of a run run again, because a question below them was answered.
 *
 * <p>A scope that asks ends its attempt: it is parked, and so is each scope that joined it. The first parked scope on the
 * way from the root to the question runs again; its new attempt repeats what is recorded and comes to the answer. A scope
 * whose attempt began before the answer came, and which is parked after that, runs again at once.
 */
final class Reruns {
    private final RunCore core;
    private final OrphanedSteps orphans;

    Reruns(RunCore core, OrphanedSteps orphans) {
        this.core = core;
        this.orphans = orphans;
    }

    /** Finds the scope that an answer makes run again, and lets it wait for a permit; null if there is none. */
    @Nullable
    CoreStep rerun(CoreStep root, String question) {
        List<String> scopes = scopes(question);
        CoreStep from = root;
        int depth = 0;
        for (int i = 0; i < scopes.size(); i++) {
            CoreStep orphan = orphans.find(scopes.get(i));
            if (orphan != null && orphan.atRest()) {
                // The next attempt of its caller must not adopt it as parked, but begin it anew.
                orphans.take(scopes.get(i));
            } else if (orphan != null) {
                // The deepest one: those around it have not called it yet, and will adopt it as it is.
                from = orphan;
                depth = i + 1;
            }
        }
        return walk(from, scopes.subList(depth, scopes.size()));
    }

    private @Nullable CoreStep walk(CoreStep from, List<String> below) {
        CoreStep deepest = from;
        for (String path : below) {
            CoreStep called = calledBy(deepest, path);
            if (called == null) {
                break;
            }
            deepest = called;
        }
        boolean parked = deepest.phase() == StepPhase.PARKED && deepest.parkedBy() == Suspension.Reason.PARKED;
        if (!parked) {
            return null;
        }
        core.unpark(deepest);
        return deepest;
    }

    /** What a scope's present attempt has called and not joined at this path; null if there is none, or it is unwound. */
    private static @Nullable CoreStep calledBy(CoreStep step, String path) {
        CoreAttempt attempt = step.newest();
        CoreScope scope = attempt == null || step.phase() != StepPhase.RUNNING ? null : attempt.coreScope();
        if (attempt == null || scope == null || !attempt.isLive() || scope.seal() != null) {
            return null;
        }
        return scope.open().stream()
                .filter(called -> called.path().equals(path))
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
