package dev.clew.testing;

import dev.clew.effect.EffectNotes;
import dev.clew.engine.log.StepPath;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import org.jspecify.annotations.Nullable;

/** What runs for a task in a lab: its own code or a fake, up to the point at which its process crashes. */
final class TaskCode {
    private final LabProcess.Equipment lab;
    private final CrashStore store;

    TaskCode(LabProcess.Equipment lab, CrashStore store) {
        this.lab = lab;
        this.store = store;
    }

    @SuppressWarnings("NullAway") // a task may return null
    TaskBody<?> of(TaskSpec<?> task) {
        return call -> run(task, call);
    }

    private @Nullable Object run(TaskSpec<?> task, TaskCall call) throws Throwable {
        if (store.isDead()) {
            throw new ProcessDied(store.crashed().getMessage());
        }
        if (lab.crashes().begins(task.name())) {
            throw died(CrashPoint.before(task.name()));
        }
        HandedOut handedOut = new HandedOut(task, call);
        Object result = lab.scripts().of(task).orElse(task.body()).run(handedOut);
        handedOut.changes().forEach(lab.findings()::add);
        if (lab.crashes().ran(task.name())) {
            throw died(CrashPoint.within(task.name()));
        }
        if (isAttempt(task)) {
            String once = StepPath.name(StepPath.parent(call.taskContext().stepId()));
            if (lab.crashes().ran(once)) {
                throw died(CrashPoint.within(once));
            }
        }
        return result;
    }

    /** Whether it is the step in which the engine executes the code of a ONCE task, whose method it has: a test names that task. */
    private static boolean isAttempt(TaskSpec<?> task) {
        return task.name().equals(EffectNotes.ATTEMPT) && !task.signature().startsWith(EffectNotes.ATTEMPT + '(');
    }

    private ProcessDied died(CrashPoint point) {
        store.die(point.toString());
        return new ProcessDied("the process crashed in the lab, " + point);
    }

    /** An error, so that no code takes it for an outcome. */
    private static final class ProcessDied extends Error {
        private static final long serialVersionUID = 1L;

        ProcessDied(@Nullable String message) {
            super(message, null, false, false);
        }
    }
}
