package dev.clew.engine.run;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.format.Carried;
import dev.clew.engine.format.MembersCodec;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.PendingQuestions;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.Time;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener.RunInfo;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one activation of a run starts from: whose run it is, what was recorded, and what it is allowed to.
 *
 * @param workflow what runs
 * @param config how it was invoked
 * @param run its row, as it was opened
 * @param opening the checkpoint that opened it; null without a checkpointer
 * @param claim the right to write; null without a checkpointer
 * @param log what is recorded so far
 * @param input the body's argument, live; ignored where {@code opening} has it
 * @param previous what the thread's last completed run saved, decoded; or null
 * @param contexts what {@code @Context} parameters get
 * @param resumed whether the run was opened by an earlier activation
 * @param taken the request of a queue that a worker took; null if a caller asked
 */
public record Activation(
        RunWorkflow<?, ?> workflow,
        RunConfig config,
        Durability durability,
        String threadId,
        RunRecord run,
        @Nullable CheckpointRecord opening,
        @Nullable Claim claim,
        RunLog log,
        @Nullable Object input,
        @Nullable Object previous,
        Contexts contexts,
        boolean resumed,
        @Nullable TakenRequest taken) {

    /** A run of which nothing is stored. */
    public static Activation unstored(
            RunWorkflow<?, ?> workflow, @Nullable Object input, RunConfig config, Contexts contexts, Time time) {
        String threadId = config.threadId().orElse("");
        String runId = config.runId().orElseGet(time::freshId);
        RunRecord run = new RunRecord(
                runId,
                1,
                "",
                null,
                time.freshSeed(threadId, runId),
                Time.toInstant(time.micros()),
                ThreadStatus.RUNNING,
                null);
        RunLog log = new RunLog();
        return new Activation(
                workflow, config, Durability.EXIT, threadId, run, null, null, log, input, null, contexts, false, null);
    }

    /** The body's argument, from which every attempt takes its own copy. */
    Values.Arguments arguments(Values values) {
        List<TypeRef<?>> types = workflow.rootSpec().parameterTypes();
        if (types.isEmpty() || opening == null) {
            return values.unstored(types, types.isEmpty() ? new Object[0] : new Object[] {input});
        }
        byte[] stored = opening.values().get(Checkpoints.INPUT);
        if (stored == null) {
            throw new CheckpointException(where() + " has lost its input; restore the database from a backup");
        }
        byte[] clear = MembersCodec.protects(values.codec())
                ? values.codec().reveal(stored, Places.checkpoint(Checkpoints.INPUT, threadId, opening.id()))
                : stored;
        return values.stored(types, List.of(clear));
    }

    /** The number of the checkpoint that ends the run. */
    int loopStep() {
        return opening == null ? 0 : opening.step() + 1;
    }

    RunInfo info() {
        return new RunInfo(workflow.name(), threadId, run.runId(), Carried.of(config));
    }

    public String where() {
        return where(workflow.name(), threadId, run.runId());
    }

    public static String where(String workflow, String threadId, String runId) {
        return StoredRun.where(workflow, threadId, runId);
    }

    PendingInterrupt<?, ?> pending(StepLog question, Codec codec) {
        return PendingQuestions.of(question, threadId, run.runId(), codec);
    }
}
