package dev.clew.flow;

import dev.clew.messages.MessageChunk;
import dev.clew.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf task may know and do about the attempt that it runs in. Ask for it by declaring a parameter of this type.
 *
 * <p>Usable from any thread while the attempt lives; once the attempt timed out, was cancelled or ended, every call
 * fails with {@link dev.clew.task.IllegalStepException}.
 *
 * <pre>{@code
 * @Task
 * Receipt charge(Order order, TaskContext task) {
 *   return payments.charge(order, task.stepId());   // the same key on every attempt, crash and replay
 * }
 * }</pre>
 */
public interface TaskContext {
    /** The thread that the run belongs to; empty for a run without a thread. */
    String threadId();

    /** The run's id. */
    String runId();

    /**
     * Names this step over attempts, crashes and replays: the idempotency key for the outside world. Unique across
     * threads and runs.
     */
    String stepId();

    /**
     * Names the effect of a {@code ONCE} task over attempts, crashes, replays, and in copies of its thread: the idempotency key for the
     * outside world. Of any other task it is the {@link #stepId}.
     */
    default String effectId() {
        return stepId();
    }

    /** Which attempt this is, from 1. Attempts count on across crashes. */
    int attempt();

    /**
     * Hands a value to those who stream the run with {@code CUSTOM}, at once and exactly as it is; nobody listening, it is
     * dropped. A scope's emit that a resumed run repeats is marked as replayed. It may wait for a slow reader.
     */
    void emit(@Nullable Object value);

    /**
     * Hands a piece of a model's message to those who stream the run with {@code MESSAGES}. A piece without an id gets that of
     * {@link dev.clew.messages.MessageIds#ofAttempt}, so pieces of another attempt belong to another message. If the attempt fails,
     * its messages are void, see {@link dev.clew.stream.StreamEvent.MessageVoided}. It is a sign of life for an idle timeout.
     */
    void emitChunk(MessageChunk chunk);

    /** Hands a token of a model's answer to those who stream the run with {@code MESSAGES}: a piece that is text alone. */
    default void emitToken(String token) {
        emitChunk(MessageChunk.text(token));
    }

    /** Whether pieces of messages are wanted: a reader streams {@code MESSAGES}, or the step has an idle timeout. */
    boolean isStreamed();

    /** Tells that the attempt makes progress; it starts the idle timeout anew. */
    void heartbeat();

    /**
     * The store that the graph was built with, for memory across threads and runs: the same object everywhere.
     *
     * <p>Writes to it are immediate, are not undone when the run fails, and are made again when the code that makes them
     * runs again. Make them in a leaf, which runs once in a run, crashes aside. What a scope reads is not recorded, so a
     * scope that decides by it may call something else on replay, which is a {@link NonDeterminismException}: read in a
     * leaf, too, whose result is recorded.
     *
     * @throws dev.clew.task.IllegalStepException if the graph was built without a store
     */
    Store store();
}
