package dev.clew.engine.scope;

import dev.clew.engine.run.Step;
import dev.clew.task.FutureGroup;
import dev.clew.task.TaskFuture;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A step as one scope attempt holds it. */
record StepFuture<R extends @Nullable Object>(Frame frame, Step step) implements TaskFuture<R>, FutureGroup.Member {
    @Override
    @SuppressWarnings({"unchecked", "NullAway"})
    public R join() {
        return (R) frame.join(step);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"})
    public R join(Duration timeout) {
        return (R) frame.join(step, timeout);
    }

    @Override
    public boolean cancel() {
        return frame.cancel(step);
    }

    @Override
    public FutureGroup group() {
        return frame;
    }

    @Override
    public String toString() {
        return "TaskFuture[" + step.path() + "]";
    }
}
