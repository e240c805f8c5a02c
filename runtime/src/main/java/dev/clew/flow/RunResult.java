package dev.clew.flow;

import dev.clew.interrupt.HasPendingInterrupts;
import dev.clew.interrupt.PendingInterrupt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended for its caller: with a value, paused on questions, or undone. Failures are thrown.
 *
 * <pre>{@code
 * RunResult<Essay> result = write.invoke("rain", thread);
 * while (result instanceof RunResult.Interrupted<Essay> pause) {
 *   var question = pause.only(EssayFlow.REVIEW);
 *   result = write.invoke(question.answer(askTheEditor(question.value())), thread);
 * }
 * System.out.println(result.value());
 * }</pre>
 *
 * @param <O> the type of the workflow's value
 */
public sealed interface RunResult<O extends @Nullable Object> {
    /**
     * The run's value.
     *
     * @throws RequestRefusedException if the run is paused; the message lists what is pending
     */
    O value();

    /** The thread that ran. */
    String threadId();

    /** The run's id; empty if the value was set by hand. */
    String runId();

    /** The run is finished. */
    record Completed<O extends @Nullable Object>(O value, String threadId, String runId) implements RunResult<O> {
        @Override
        public String toString() {
            return "Completed[thread '" + threadId + "', " + (runId.isEmpty() ? "no run" : "run '" + runId + "'") + "]";
        }
    }

    /** What the run had done was undone; it has no value, and never will have one. */
    record Undone<O extends @Nullable Object>(String threadId, String runId) implements RunResult<O> {
        @Override
        public O value() {
            throw refused();
        }

        /** Why it has no value. */
        public RequestRefusedException refused() {
            return new RequestRefusedException(
                    RequestRefusedException.Reason.UNDONE,
                    "run '" + runId + "' of thread '" + threadId
                            + "' has no value: what it had done was undone; a new input starts a new run");
        }
    }

    /**
     * The run waits for answers, or at a breakpoint; it holds no thread and no lease.
     *
     * @param pending the questions that wait for answers, in the order of their calls
     * @param breakpoint the nodes at which the run of a graph was told to pause; {@code Command.proceed()} continues. Empty
     *     if it waits for answers alone
     */
    record Interrupted<O extends @Nullable Object>(
            List<PendingInterrupt<?, ?>> pending, List<NodeRef> breakpoint, String threadId, String runId)
            implements RunResult<O>, HasPendingInterrupts {
        public Interrupted {
            pending = List.copyOf(pending);
            breakpoint = List.copyOf(breakpoint);
        }

        /** A run that waits for answers alone. */
        public Interrupted(List<PendingInterrupt<?, ?>> pending, String threadId, String runId) {
            this(pending, List.of(), threadId, runId);
        }

        @Override
        public O value() {
            if (pending.isEmpty()) {
                throw new RequestRefusedException(
                        RequestRefusedException.Reason.INTERRUPTED,
                        "the run of thread '" + threadId + "' has no value yet: it pauses at the breakpoint "
                                + breakpoint.stream().map(NodeRef::id).toList()
                                + "; continue with invoke(Command.proceed(), config)");
            }
            throw new RequestRefusedException(
                    RequestRefusedException.Reason.INTERRUPTED,
                    "the run of thread '" + threadId + "' has no value yet: it waits for answers to " + describe()
                            + "; answer with invoke(question.answer(…), config)");
        }
    }
}
