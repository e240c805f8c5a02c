package dev.clew.engine.scope;

import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.Session;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the steps that a scope recorded when its tasks had other names. A step keeps the path that it was recorded with,
 * and so what is below it, and its id. For one attempt of a scope, on the scope's own thread.
 */
final class RenamedSteps {
    private final Session session;
    private final ScopeLog log;

    /** How many calls were found under a former name, by kind and name. */
    private Map<String, Integer> found = Map.of();

    RenamedSteps(Session session, ScopeLog log) {
        this.session = session;
        this.log = log;
    }

    /**
     * The segment of a call: its present one if that is recorded, or if nothing is, else that of the next recorded step
     * with a former name. If several former names fit, the one that was called at this place does.
     *
     * @param present the segment by the present name, whose number counts the calls under every name
     */
    String segment(StepKind kind, TaskSpec<?> spec, String present, int ordinal) {
        return spec.formerly().isEmpty() ? present : session.lockedGet(() -> recorded(kind, spec, present, ordinal));
    }

    private String recorded(StepKind kind, TaskSpec<?> spec, String present, int ordinal) {
        if (log.step(present) != null) {
            return present;
        }
        String planned = planned(kind, spec, ordinal);
        return planned == null ? next(kind, spec, present, ordinal) : planned;
    }

    /** The step of a former name with the number that the execution of a node was planned with, if it was called here. */
    private @Nullable String planned(StepKind kind, TaskSpec<?> spec, int ordinal) {
        for (String former : spec.number() > 0 ? spec.formerly() : List.<String>of()) {
            String old = StepPath.segment(kind, former, spec.number());
            StepLog step = log.step(old);
            if (step != null && step.call().ordinal() == ordinal) {
                count(kind.word() + ':' + former);
                return old;
            }
        }
        return null;
    }

    private String next(StepKind kind, TaskSpec<?> spec, String present, int ordinal) {
        String chosen = null;
        String segment = present;
        for (String former : spec.formerly()) {
            String name = kind.word() + ':' + former;
            String old = StepPath.segment(kind, former, found.getOrDefault(name, 0) + 1);
            StepLog step = log.step(old);
            if (step != null && (chosen == null || step.call().ordinal() == ordinal)) {
                chosen = name;
                segment = old;
            }
        }
        if (chosen != null) {
            count(chosen);
        }
        return segment;
    }

    private void count(String former) {
        found = found.isEmpty() ? new HashMap<>() : found;
        found.merge(former, 1, Integer::sum);
    }
}
