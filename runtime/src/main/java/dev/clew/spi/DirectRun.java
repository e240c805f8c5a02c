package dev.clew.spi;

import dev.clew.flow.ChildCall;
import dev.clew.flow.Run;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.InterruptKey;
import dev.clew.messages.MessageChunk;
import dev.clew.store.Store;
import dev.clew.task.IllegalStepException;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The run of a direct call: it has no engine behind it, so it refuses durable calls. */
record DirectRun(String name) implements Run {
    private IllegalStepException refuse(String call) {
        return new IllegalStepException(
                "'" + name + "' calls run." + call
                        + " in a direct handle, which has no engine; test it in a dev.clew.testing.Lab, the test kit (clew-testing)");
    }

    @Override
    public RuntimeException undo() {
        throw refuse("undo()");
    }

    @Override
    public String threadId() {
        return "direct";
    }

    @Override
    public String runId() {
        return "direct";
    }

    @Override
    public String stepId() {
        return "direct/" + name;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void emit(@Nullable Object value) {}

    @Override
    public void emitChunk(MessageChunk chunk) {}

    @Override
    public boolean isStreamed() {
        return false;
    }

    @Override
    public void heartbeat() {}

    @Override
    public Store store() {
        throw refuse("store");
    }

    @Override
    public <Q, A extends @Nullable Object> A interrupt(InterruptKey<Q, A> key, Q question) {
        throw refuse("interrupt");
    }

    @Override
    public <Q, A> Optional<A> interrupt(InterruptKey<Q, A> key, Q question, Duration deadline) {
        throw refuse("interrupt");
    }

    @Override
    public @Nullable Object interrupt(Object question) {
        throw refuse("interrupt");
    }

    @Override
    public TaskFuture<@Nullable Void> timer(Duration duration) {
        throw refuse("timer");
    }

    @Override
    public void sleep(Duration duration) {
        throw refuse("sleep");
    }

    @Override
    public Instant now() {
        throw refuse("now");
    }

    @Override
    public Random random() {
        throw refuse("random");
    }

    @Override
    public UUID randomUuid() {
        throw refuse("randomUuid");
    }

    @Override
    public boolean patched(String id) {
        throw refuse("patched");
    }

    @Override
    public <I, O extends @Nullable Object> O invoke(Workflow<I, O> workflow, I input) {
        throw refuse("invoke");
    }

    @Override
    public <O extends @Nullable Object> O invoke(Workflow<Void, O> workflow) {
        throw refuse("invoke");
    }

    @Override
    public <I, O extends @Nullable Object> ChildCall<I, O> child(Workflow<I, O> workflow) {
        throw refuse("child");
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> task(String task, Class<R> type, Callable<? extends R> body) {
        throw refuse("task");
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> task(String task, TypeRef<R> type, Callable<? extends R> body) {
        throw refuse("task");
    }

    @Override
    public boolean isReplaying() {
        return false;
    }

    @Override
    public boolean isSuspending() {
        return false;
    }
}
