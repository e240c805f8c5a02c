package dev.clew.effect;

import dev.clew.flow.Run;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.task.TaskFailedException;
import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Undoes one step: attempts as the task's retry says, and a question to a person whenever all of them have failed. Scope code. */
final class UndoCourse {
    private final Undo undo;
    private final TaskSpec<?> task;
    private final TaskCall call;
    private final Scope scope;
    private final Run run;
    private final String effectId;
    private final String step;
    private final List<? extends @Nullable Object> shown;

    UndoCourse(Undo undo, TaskSpec<?> task, TaskCall call, List<? extends @Nullable Object> shown) {
        this.shown = shown;
        this.undo = undo;
        this.task = task;
        this.call = call;
        this.scope = call.scope();
        this.run = call.run();
        int own = task.parameters().size() + 1;
        this.effectId = call.<String>arg(own);
        this.step = call.<String>arg(own + 1);
    }

    @Nullable
    Void run() {
        int failures = 0;
        while (true) {
            try {
                return scope.call(attempt()).join();
            } catch (TaskFailedException failed) {
                failures += failed.failure().attempts();
                if (!scope.isStored() || isSkipped(failed, failures)) {
                    return unstored(failed);
                }
            }
        }
    }

    /** Nobody can be asked in a run that is not stored. */
    private @Nullable Void unstored(TaskFailedException failed) {
        if (!scope.isStored()) {
            throw failed;
        }
        return null;
    }

    private boolean isSkipped(TaskFailedException failed, int failures) {
        UndoFailed question = new UndoFailed(
                step, effectId, String.valueOf(failed.getMessage()), Arguments.shown(scope, shown), failures);
        return run.interrupt(UndoFailed.KEY, question) instanceof UndoDecision.Skip;
    }

    private TaskSpec<@Nullable Void> attempt() {
        TaskSpec.Builder<@Nullable Void> spec = TaskSpec.<@Nullable Void>of(
                        EffectNotes.ATTEMPT, new TypeRef<@Nullable Void>() {})
                .method(task.declaringClass(), task.signature());
        task.timeout().ifPresent(spec::timeout);
        task.idleTimeout().ifPresent(spec::idleTimeout);
        task.retry().forEach(spec::retry);
        return spec.leaf(inner -> {
            Object unused = undo.body()
                    .run(new OnceCall(
                            call,
                            inner,
                            run.stepId(),
                            effectId,
                            inner.taskContext().attempt()));
            return null;
        });
    }
}
