package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.Time;
import dev.clew.engine.world.Unwrapped;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.task.Failure;
import dev.clew.task.TaskFailedException;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A session's steps that are workflows on threads of their own. Such a step has no thread and no permit here: it opens
 * the other run, or joins it, and rests until that one ends. Where the other run waits for a person, this one may be
 * unwound; it looks again when a run of that thread ends in this process, and now and then.
 */
public final class Detached {
    /** A queued run is looked at after each such part of the time that it has taken. */
    private static final int QUEUED_PART = 4;

    private final Session session;
    private final StepRunner runner;
    private final Map<Step, DetachedCall> waiting = new ConcurrentHashMap<>();
    /** When the calls of queued runs were recorded, in microseconds. */
    private final Map<Step, Long> queuedAt = new ConcurrentHashMap<>();

    private volatile boolean belled;

    Detached(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** Begins such a step: answers it from the log, or opens or joins the other run. */
    public void begin(Step step, @Nullable StepLog recorded, DetachedCall call) {
        boolean known = recorded != null && !recorded.dropped();
        if (known && recorded != null && recorded.done()) {
            runner.replayed(step, recorded);
            return;
        }
        if (!known) {
            session.journal()
                    .append(
                            step,
                            entry -> new LogEntry.Opened(
                                    step.path(), session.time().micros(), entry));
        }
        if (call.isQueued()) {
            long now = session.time().micros();
            queuedAt.put(step, known && recorded != null ? recorded.at() : now);
        }
        session.events().stepStarted(step, 1);
        session.broadcast().started(step, 1);
        boolean unused = session.lockedGet(
                () -> session.core().sleep(step, session.time().micros()));
        runner.hand(() -> look(step, call));
    }

    /** When those that wait for a person are looked at again; the greatest number where there is none. */
    public long nextLook() {
        if (waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long now = session.time().micros();
        return waiting.keySet().stream()
                .mapToLong(step -> Time.due(now, pause(step, now)))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** A run in a queue may be over soon, or in a day: the longer it takes, the longer the pauses. */
    private Duration pause(Step step, long now) {
        Duration longest = pause();
        Long since = queuedAt.get(step);
        if (since == null) {
            return longest;
        }
        Duration part = Duration.of(Math.max(0, now - since) / QUEUED_PART, ChronoUnit.MICROS);
        Duration shortest = ThreadWatch.Pace.CHILD.shortest();
        Duration grown = part.compareTo(shortest) < 0 ? shortest : part;
        return grown.compareTo(longest) < 0 ? grown : longest;
    }

    private Duration pause() {
        Duration park = session.settings().parkAfter();
        Duration shortest = ThreadWatch.Pace.CHILD.shortest();
        return park.compareTo(shortest) < 0 ? shortest : park;
    }

    /**
     * The session is over. Where its run is parked, a bell wakes it from now on, and none of them keeps the session in
     * memory; one that rang in between is made up for.
     */
    public void left(boolean parked) {
        RunGraph graph = session.activation().workflow().graph();
        String threadId = session.threadId();
        String runId = session.runId();
        Runnable wakes = () -> graph.awaken(threadId, runId);
        waiting.forEach((step, call) -> {
            ThreadSignals signals = call.workflow().graph().signals();
            if (parked) {
                signals.listen(call.threadId(), listener(step), ThreadSignals.Event.OVER, wakes);
            } else {
                signals.forget(call.threadId(), listener(step));
            }
        });
        if (parked && belled) {
            wakes.run();
        }
    }

    private String listener(Step step) {
        return session.stepId(step.path());
    }

    private String runId(Step step) {
        return DetachedCall.runId(session, step.path());
    }

    private boolean isOver(Step step) {
        return session.lockedGet(() -> !session.core().sleeps(step));
    }

    /** Opens the other run, or joins it, on a thread that runs no scope. */
    private void look(Step step, DetachedCall call) {
        if (isOver(step)) {
            awaken();
            return;
        }
        if (!session.time().world().opens(call.workflow().name())) {
            session.locked(() -> {
                if (session.core().sleeps(step)) {
                    session.core().sleepOn(step, Long.MAX_VALUE);
                }
            });
            return;
        }
        try {
            CompletableFuture<?> result = call.admit(step, runId(step), session.stepId(step.path()));
            if (call.awaited()) {
                CompletableFuture<?> told = result.whenComplete(
                        (value, thrown) -> runner.hand(() -> ended(step, call, value, Unwrapped.ofNullable(thrown))));
                LOG.trace("step '{}' waits for {}", step.path(), told);
            } else {
                opened(step, call, result);
            }
        } catch (RuntimeException | Error refused) {
            ended(step, call, null, refused);
        }
    }

    // --- only started ---

    private void opened(Step step, DetachedCall call, CompletableFuture<?> result) {
        if (isOver(step)) {
            awaken();
            return;
        }
        boolean rests = result.isDone();
        if (call.isOpened(runId(step))) {
            guarded(() -> succeeded(step, runId(step)));
        } else if (rests) {
            CompletableFuture<?> told =
                    result.whenComplete((value, thrown) -> ended(step, call, value, Unwrapped.ofNullable(thrown)));
            LOG.trace("step '{}' ended with {}", step.path(), told);
        } else {
            Future<?> unused = session.time()
                    .later(
                            ThreadWatch.Pace.BUSY.shortest(),
                            () -> runner.hand(() -> guarded(() -> opened(step, call, result))));
        }
    }

    // --- ended ---

    private void ended(Step step, DetachedCall call, @Nullable Object result, @Nullable Throwable thrown) {
        if (isOver(step)) {
            awaken();
            return;
        }
        guarded(() -> {
            if (result instanceof RunResult.Completed<?> completed) {
                succeeded(step, completed.value());
            } else if (result instanceof RunResult.Undone<?> undone) {
                failed(step, undone.refused());
            } else if (thrown == null) {
                waits(step, call);
            } else if (call.workflow().graph().isClosed()) {
                session.stop(Suspension.Reason.SHUTDOWN, thrown);
            } else if (thrown instanceof CheckpointException) {
                session.stop(Suspension.Reason.STORAGE, thrown);
            } else if (thrown instanceof Error) {
                session.stop(Suspension.Reason.CRASHED, thrown);
            } else {
                failed(step, thrown);
            }
        });
    }

    private void guarded(Runnable ending) {
        try {
            ending.run();
        } catch (Suspension closed) {
            session.stop(closed.reason(), closed.why());
            awaken();
        } catch (CheckpointException unwell) {
            session.stop(Suspension.Reason.STORAGE, unwell);
            awaken();
        } catch (Throwable broken) {
            session.fault(broken);
            awaken();
        }
    }

    private void succeeded(Step step, @Nullable Object value) {
        try {
            Outcomes.Recorded recorded = runner.outcomes().recordSuccess(step, 1, value);
            if (recorded != null) {
                session.journal().await(recorded.durable());
                session.events().stepSucceeded(step, 1, 0);
                session.broadcast().succeeded(step, recorded.outcome().value());
                settle(step, recorded.outcome());
            }
        } catch (CodecException unencodable) {
            failed(step, unencodable);
        }
    }

    private void failed(Step step, Throwable thrown) {
        Throwable told =
                thrown instanceof WorkflowFailedException run ? new TaskFailedException(run.failure()) : thrown;
        Throwable original = thrown.getCause() == null ? thrown : thrown.getCause();
        Failure failure = runner.outcomes().failure(told, step, 1);
        Outcome outcome = runner.outcomes().failed(step, 1, failure, original);
        if (outcome != null) {
            session.events().stepFailed(step, 1, failure);
            session.broadcast().failed(step, failure);
            settle(step, outcome);
        }
    }

    /** An outcome that came when the session was over already is in the log, and the run is woken to find it there. */
    private void settle(Step step, Outcome outcome) {
        waiting.remove(step);
        boolean noticed = session.lockedGet(() -> session.core().settleLate(step, outcome));
        if (!noticed) {
            awaken();
        }
    }

    // --- waiting for a person ---

    private void waits(Step step, DetachedCall call) {
        waiting.put(step, call);
        call.workflow()
                .graph()
                .signals()
                .listen(
                        call.threadId(),
                        listener(step),
                        ThreadSignals.Event.OVER,
                        () -> runner.hand(() -> look(step, call)));
        session.locked(() -> {
            if (session.core().sleeps(step)) {
                step.alarm = session.time()
                        .whileOpen(pause(step, session.time().micros()), () -> runner.hand(() -> look(step, call)));
                if (session.durable()) {
                    session.core().sleepOn(step, Long.MAX_VALUE);
                }
            }
        });
        if (!call.isWaitedFor(runId(step))) {
            look(step, call);
        }
    }

    /** Continues the run if it is parked by now; else the thread that parks it sees the mark. */
    private void awaken() {
        if (session.lockedGet(session.core()::isOver)) {
            belled = true;
            session.activation().workflow().graph().awaken(session.threadId(), session.runId());
        }
    }
}
