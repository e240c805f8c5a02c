package dev.clew.testing;

import dev.clew.Graph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.value.ClewException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Runs a recording again with the code of now, without running any task, and tells what it did otherwise. */
final class Replayer {
    private static final long PATIENCE_SECONDS = 30;

    private final Recording recording;
    private final RunConfig config;
    private final Rest rest = new Rest();
    private final Calls calls = new Calls();
    private final Findings findings = new Findings();
    private final List<String> executed = new CopyOnWriteArrayList<>();

    Replayer(Recording recording, RunConfig config) {
        this.recording = recording;
        this.config = config;
    }

    /** Ends the replay: it came to a task that the recorded run never ran. */
    private static final class Unrecorded extends Error {
        private static final long serialVersionUID = 1L;

        Unrecorded(String task) {
            super("task '" + task + "' is not recorded", null, false, false);
        }
    }

    private TaskBody<?> body(TaskSpec<?> task) {
        return task.isScope()
                ? task.body()
                : call -> {
                    executed.add(task.name());
                    throw new Unrecorded(task.name());
                };
    }

    /**
     * What a replay found.
     *
     * @param executed whether this code replayed it: it may have no such workflow, or be a client's
     * @param difference null where there is none
     */
    record Verdict(boolean executed, @Nullable String difference) {
        private static final Verdict NONE = new Verdict(false, null);
    }

    Verdict replay(Code<?> code) {
        try (SteppedClock clock = new SteppedClock(rest)) {
            clock.set(recording.clock());
            clock.hold();
            LabWorld world = new LabWorld(
                    clock, new Seeds(0), rest, this::body, new LabWitness(rest, findings, calls, new ArrayList<>()));
            return replay(code, world);
        }
    }

    private <G extends Graph> Verdict replay(Code<G> code, LabWorld world) {
        Checkpointer memory = recording.restored();
        try (G today = code.builder().get().checkpointer(memory).world(world).build()) {
            Workflow<?, ?> workflow = code.named(today, recording.workflow());
            return workflow == null ? Verdict.NONE : run(workflow);
        }
    }

    private Verdict run(Workflow<?, ?> workflow) {
        CompletableFuture<?> result = workflow.invokeAsync(Command.proceed(), config);
        if (!rest.await(PATIENCE_SECONDS)) {
            return new Verdict(
                    true, "the replay does not come to rest within " + PATIENCE_SECONDS + " s:" + rest.describe());
        }
        Throwable failure = failure(result);
        if (isOfAClient(failure)) {
            return Verdict.NONE;
        }
        String end = End.of(workflow.state(recording.threadId()));
        if (!executed.isEmpty()) {
            return difference("the replay calls task '" + executed.get(0) + "', which the recorded run never did", end);
        } else if (failure instanceof dev.clew.flow.NonDeterminismException mismatch) {
            return difference(String.valueOf(mismatch.getMessage()), end);
        } else if (!end.equals(recording.end())) {
            String what = "the recorded run " + recording.end() + ", and the replay " + end;
            return difference(what, end);
        }
        return new Verdict(true, null);
    }

    /** A client refuses to execute anything; nothing else about it is to be seen from outside. */
    private static boolean isOfAClient(@Nullable Throwable failure) {
        return failure instanceof RequestRefusedException
                && String.valueOf(failure.getMessage()).contains("is a client's, which executes nothing");
    }

    private Verdict difference(String what, String end) {
        return new Verdict(
                true,
                new Difference(
                                recording,
                                calls.of(recording.threadId(), recording.run().runId()))
                        .describe(what, end));
    }

    private static @Nullable Throwable failure(CompletableFuture<?> result) {
        if (!result.isCompletedExceptionally()) {
            return null;
        }
        try {
            result.join();
            return null;
        } catch (CompletionException failed) {
            return failed.getCause();
        } catch (ClewException failed) {
            return failed;
        }
    }
}
