package dev.clew.engine.scope;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.run.Attempt;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.engine.world.Time;
import dev.clew.flow.ChildCall;
import dev.clew.flow.Run;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.InterruptKey;
import dev.clew.messages.MessageChunk;
import dev.clew.spi.TaskSpec;
import dev.clew.store.Store;
import dev.clew.task.TaskFuture;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The handle that a scope's body holds. */
final class FrameRun implements Run {
    private final Session session;
    private final Frame frame;
    private final Attempt attempt;
    private final Questions questions;
    private final Chance chance;

    FrameRun(Session session, Frame frame, Attempt attempt) {
        this.session = session;
        this.frame = frame;
        this.attempt = attempt;
        this.questions = new Questions(session, frame);
        this.chance = new Chance(session.seed(), frame.step().path());
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
        return attempt.stepId();
    }

    @Override
    public int attempt() {
        return attempt.attempt();
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
    public void emitToken(String token) {
        attempt.emitToken(token);
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

    @Override
    public <Q, A extends @Nullable Object> A interrupt(InterruptKey<Q, A> key, Q question) {
        return session.engineSide(() -> questions.ask(key, question));
    }

    @Override
    public <Q, A> Optional<A> interrupt(InterruptKey<Q, A> key, Q question, Duration deadline) {
        Duration left = positive("a question's deadline", deadline);
        return session.engineSide(() -> questions.ask(key, question, left));
    }

    @Override
    public @Nullable Object interrupt(Object question) {
        return session.engineSide(() -> questions.ask(question));
    }

    @Override
    @SuppressWarnings("unchecked")
    public TaskFuture<@Nullable Void> timer(Duration duration) {
        Step timer = frame.startTimer("timer", positive("a timer's duration", duration));
        return (TaskFuture<@Nullable Void>) (TaskFuture<?>) new StepFuture<@Nullable Object>(frame, timer);
    }

    @Override
    public void sleep(Duration duration) {
        frame.join(frame.startTimer("sleep", positive("a sleep's duration", duration)));
    }

    private static Duration positive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalRequestException(what + " must be positive, not " + duration);
        }
        return duration;
    }

    @Override
    public Instant now() {
        frame.check("now");
        return Time.toInstant(frame.now());
    }

    @Override
    public Random random() {
        frame.check("random");
        return chance.random();
    }

    @Override
    public UUID randomUuid() {
        frame.check("randomUuid");
        return chance.uuid();
    }

    @Override
    public boolean patched(String id) {
        return frame.patched(id);
    }

    @Override
    public <I, O extends @Nullable Object> O invoke(Workflow<I, O> workflow, I input) {
        return child(workflow).start(input).join();
    }

    @Override
    public <O extends @Nullable Object> O invoke(Workflow<Void, O> workflow) {
        return child(workflow).start().join();
    }

    @Override
    public <I, O extends @Nullable Object> ChildCall<I, O> child(Workflow<I, O> workflow) {
        frame.check("child");
        return new FrameChildCall<>(session, frame, workflow, frame.step().contexts(), null);
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> task(String name, Class<R> type, Callable<? extends R> body) {
        return task(name, TypeRef.of(type), body);
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> task(String name, TypeRef<R> type, Callable<? extends R> body) {
        return frame.call(
                TaskSpec.of(name, type).method("", name + "() -> " + type).leaf(call -> body.call()));
    }

    @Override
    public RuntimeException undo() {
        frame.check("undo");
        throw frame.sealed(new Suspension(Suspension.Reason.UNDO, null));
    }

    @Override
    public boolean isReplaying() {
        frame.check("isReplaying");
        return frame.isReplaying();
    }

    @Override
    public boolean isSuspending() {
        return frame.seal() != null;
    }
}
