package dev.clew.engine.verify;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.Engine;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.setup.Permits;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.Time;
import dev.clew.engine.world.Unwrapped;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadStatus;
import dev.clew.value.CodecException;
import dev.clew.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Copies of threads in memory, and an engine with the workflows of another one that replays them, one after another. */
final class ReplayImage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofDays(1);

    private final Checkpointer copies = Checkpointer.inMemory();
    private final ReplayingWorld world;
    private final Engine replaying;
    private volatile CompletableFuture<Came> came = new CompletableFuture<>();
    private volatile String threadId = "";

    /**
     * What a replay came to.
     *
     * @param isOver whether it was halted or ended; what is not over may go on
     */
    record Came(Verdict verdict, String detail, boolean isOver) {
        Came(Verdict verdict, String detail) {
            this(verdict, detail, true);
        }
    }

    ReplayImage(Engine engine) {
        EngineSettings s = engine.settings();
        world = new ReplayingWorld(s.time().world());
        replaying = new Engine(new EngineSettings(
                copies,
                null,
                s.store() == null ? null : new ReadOnlyStore(s.store()),
                s.subjectNamespaces(),
                s.codec(),
                s.durability(),
                new Permits(Integer.MAX_VALUE),
                s.executor(),
                null,
                new Heard(),
                null,
                s.contexts(),
                s.makers(),
                Duration.ZERO,
                Duration.ZERO,
                s.streamStall(),
                LEASE,
                false,
                s.loader(),
                false,
                s.keepArguments(),
                true,
                s.breakpoints(),
                s.deployment(),
                new Time(world, copies::now)));
        engine.workflows().all().forEach(workflow -> replaying.workflow(workflow.spec()));
    }

    /** Takes the first end of the run. */
    private final class Heard implements RunListener {
        private void end(RunInfo run, Verdict verdict, String detail) {
            if (run.threadId().equals(threadId)) {
                boolean unused = came.complete(new Came(verdict, detail));
            }
        }

        @Override
        public void runInterrupted(RunInfo run, List<PendingInterrupt<?, ?>> pending) {
            end(run, Verdict.FITS_SO_FAR, asked(pending));
        }

        @Override
        public void runSleeping(RunInfo run, Instant wakeAt) {
            String other = world.waitsFor();
            if (other == null) {
                end(run, Verdict.FITS_SO_FAR, "waits until " + wakeAt);
            } else if (run.threadId().equals(threadId)) {
                // It would look for that run again at once.
                boolean unused = came.complete(
                        new Came(Verdict.FITS_SO_FAR, "waits for a run of '" + other + "' on another thread", false));
            }
        }

        @Override
        public void runCompleted(RunInfo run) {
            end(run, Verdict.FITS, "ends");
        }

        @Override
        public void runCancelled(RunInfo run) {
            end(run, Verdict.FITS, "is cancelled");
        }

        @Override
        public void runUndone(RunInfo run) {
            end(run, Verdict.FITS, "is undone");
        }

        @Override
        public void runFailed(RunInfo run, Throwable failure) {
            Came judged = judged(failure);
            end(run, judged.verdict(), judged.detail());
        }
    }

    Came replay(
            ThreadRecord thread,
            RunWorkflow<?, ?> workflow,
            RunRecord run,
            List<LogRecord> log,
            List<CheckpointRecord> checkpoints) {
        copy(thread, run, log, checkpoints);
        came = new CompletableFuture<>();
        String unusedBefore = world.waitsFor();
        threadId = thread.threadId();
        CompletableFuture<? extends RunResult<?>> result = proceed(workflow, thread.threadId());
        CompletableFuture<Came> first = came;
        CompletableFuture<?> unused = result.whenComplete((ended, failed) -> {
            if (failed != null) {
                boolean unusedToo = first.complete(judged(Unwrapped.of(failed)));
            }
        });
        try {
            return first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return new Came(
                    Verdict.UNJUDGED, "its replay did not come to rest within " + PATIENCE.toSeconds() + " s", false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("verify was interrupted at thread '" + thread.threadId() + "'");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the replay of thread '" + thread.threadId() + "'", impossible);
        }
    }

    @SuppressWarnings("unchecked") // which result it has does not matter
    private CompletableFuture<? extends RunResult<?>> proceed(RunWorkflow<?, ?> workflow, String id) {
        RunWorkflow<?, Object> here =
                (RunWorkflow<?, Object>) replaying.workflows().get(workflow.name());
        if (here == null) {
            throw new IllegalStateException("workflow '" + workflow.name() + "' is not there");
        }
        return replaying.admit(here, new Request.Proceed(), RunConfig.thread(id));
    }

    private void copy(ThreadRecord thread, RunRecord run, List<LogRecord> log, List<CheckpointRecord> checkpoints) {
        String id = thread.threadId();
        Claim claim = copies.claim(
                        new ClaimRequest(id, thread.workflow(), "verify", 0, LEASE, false),
                        new Write(null, List.of(), null, List.of(), StoredRun.NEVER_RAN, false))
                .orElseThrow(() -> new IllegalStateException("thread '" + id + "' was copied before"));
        // Not as one that crashed, which would be said in the log and count as a stall.
        Head head = new Head(ThreadStatus.BLOCKED, run.runId(), thread.head().checkpointId(), null, 0);
        put(claim, new Write(run.runId(), log, run.with(ThreadStatus.BLOCKED, null), checkpoints, head, true));
    }

    private void put(Claim claim, Write write) {
        try {
            Void unused = copies.write(claim, write, true).toCompletableFuture().join();
        } catch (CompletionException refused) {
            // A log that is damaged is refused here, too.
            throw refused.getCause() instanceof CheckpointException damaged ? damaged : refused;
        }
    }

    /** The run as the replay has left it. */
    StoredRun replayed(String id, String runId) {
        return StoredRun.load(copies, replaying.codec(), id, runId);
    }

    @Override
    public void close() {
        replaying.close();
    }

    private static String asked(List<PendingInterrupt<?, ?>> pending) {
        return pending.isEmpty()
                ? "waits at a breakpoint"
                : pending.stream()
                        .map(question -> "'" + question.name() + "' at " + question.path())
                        .collect(Collectors.joining(", ", "waits for answers to ", ""));
    }

    private static Came judged(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Halted halted) {
                return new Came(Verdict.FITS, "would execute '" + halted.getMessage() + "' next");
            } else if (each instanceof NonDeterminismException differs) {
                return new Came(Verdict.DIFFERS, differs.getMessage() + place(differs));
            } else if (each instanceof ReadOnlyStore.WrittenException written) {
                return new Came(Verdict.UNJUDGED, written.getMessage() + place(written));
            } else if (each instanceof CodecException changed) {
                return new Came(Verdict.UNREADABLE, changed.getMessage() + " (at " + changed.path() + ")");
            } else if (each instanceof RequestRefusedException refused) {
                return new Came(Verdict.UNJUDGED, String.valueOf(refused.getMessage()));
            } else if (each instanceof CheckpointException unwell) {
                return new Came(Verdict.UNJUDGED, String.valueOf(unwell.getMessage()));
            }
        }
        return new Came(Verdict.FITS, "fails: " + failure.getMessage());
    }

    /** The line of the user's code. */
    private static String place(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !isOurs(frame.getClassName()))
                .findFirst()
                .map(frame -> " [" + frame.getFileName() + ":" + frame.getLineNumber() + "]")
                .orElse("");
    }

    private static boolean isOurs(@Nullable String type) {
        return type == null
                || type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("dev.clew.engine.")
                || type.startsWith("dev.clew.spi.")
                || type.startsWith("dev.clew.flow.")
                || type.startsWith("dev.clew.effect.")
                || type.startsWith("dev.clew.graph.")
                || type.startsWith("dev.clew.task.")
                || type.startsWith("dev.clew.store.")
                || type.endsWith("Graph$Tasks");
    }
}
