package dev.clew.effect;

import dev.clew.flow.TaskContext;
import dev.clew.messages.MessageChunk;
import dev.clew.store.Store;
import org.jspecify.annotations.Nullable;

/** The context of one attempt of a {@code ONCE} task: the step is that of the call, whichever attempt it is. */
final class OnceContext implements TaskContext {
    private final TaskContext attempt;
    private final String stepId;
    private final String effectId;
    private final int number;

    OnceContext(TaskContext attempt, String stepId, String effectId, int number) {
        this.attempt = attempt;
        this.stepId = stepId;
        this.effectId = effectId;
        this.number = number;
    }

    @Override
    public String threadId() {
        return attempt.threadId();
    }

    @Override
    public String runId() {
        return attempt.runId();
    }

    @Override
    public String stepId() {
        return stepId;
    }

    @Override
    public String effectId() {
        return effectId;
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public void emit(@Nullable Object value) {
        attempt.emit(value);
    }

    @Override
    public void emitChunk(MessageChunk chunk) {
        attempt.emitChunk(chunk);
    }

    @Override
    public boolean isStreamed() {
        return attempt.isStreamed();
    }

    @Override
    public void heartbeat() {
        attempt.heartbeat();
    }

    @Override
    public Store store() {
        return attempt.store();
    }
}
