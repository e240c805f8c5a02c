package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.engine.core.CoreStep;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.request.Request;
import dev.clew.engine.stored.StoredRun;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.PendingInterrupt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes answers to the questions of one running session: from this process at once, and from the store, where other
 * processes leave them. Thread-safe.
 *
 * <p>An answer gets its place in the log only while its question waits for one; the session's journal decides. It is
 * durable before the call returns, and before a body gets it. Meanwhile the session cannot come to rest, so a pause never
 * comes between an answer and its scope.
 */
public final class LiveAnswers {
    private final Session session;
    private final AtomicBoolean fetching = new AtomicBoolean();

    /** By question: the answers that were placed in this session and that no body has taken. Guarded by itself. */
    private final Map<String, Delivery> deliveries = new HashMap<>();

    /** Why an answer was refused that came with the request which began the activation. Guarded by the session's lock. */
    private @Nullable AnswerRefusedException refused;

    LiveAnswers(Session session) {
        this.session = session;
    }

    /** An answer on its way to its question, and the future that fails if the body rejects it; null for none. */
    private record Delivery(
            CompletionStage<Void> durable, @Nullable CompletableFuture<?> caller) {}

    /**
     * Takes all answers of a request, or none.
     *
     * @param caller failed if a body refuses one of them; null if there is none
     * @return false if the session is over, so that the thread has to be looked at again
     * @throws AnswerRefusedException if one of them is refused
     * @throws CheckpointException if they could not be stored
     */
    public boolean take(Request request, boolean plain, @Nullable CompletableFuture<?> caller) {
        while (true) {
            // Checked before the session is held, so that the end of the run never waits for a refused request.
            List<Answered> entries = SessionAnswers.of(session, plain).entries(request);
            Journal.Taken taken = held(() -> placed(entries, true, List.of(), caller));
            if (taken == null) {
                return false;
            }
            if (!taken.placed().isEmpty()) {
                return true;
            }
            // Another answer was faster, or a question was withdrawn: the check now refuses them.
        }
    }

    /** Takes the answers that other processes stored for this run; those that no question waits for are dropped. */
    public void fetch() {
        Checkpointer store = session.settings().checkpointer();
        if (store == null || !fetching.compareAndSet(false, true)) {
            return;
        }
        try {
            Journal.Taken unused = held(() -> {
                List<WaitingAnswer> waiting = store.answers(session.threadId(), session.runId());
                List<Answered> entries = StoredRun.answers(waiting, session.threadId());
                List<String> ids = waiting.stream().map(WaitingAnswer::question).toList();
                return placed(entries, false, ids, null);
            });
        } catch (CheckpointException unwell) {
            LOG.debug("{} could not read the answers that wait for it", session.where(), unwell);
        } finally {
            fetching.set(false);
        }
    }

    /**
     * Places answers while the session cannot come to rest, and lets their scopes run once they are durable; null if the
     * session is over.
     */
    private Journal.@Nullable Taken held(Supplier<Journal.Taken> placing) {
        if (!session.lockedGet(() -> session.core().hold())) {
            return null;
        }
        List<String> paths = new ArrayList<>();
        try {
            Journal.Taken taken = placing.get();
            taken.placed().forEach(answer -> paths.add(answer.path()));
            session.journal().await(taken.durable());
            return taken;
        } catch (Suspension closed) {
            if (closed.why() instanceof CheckpointException broken) {
                throw broken;
            }
            return null;
        } finally {
            letGo(paths);
        }
    }

    /** Lets the scopes of answered questions run, and the session come to rest once nothing executes. */
    private void letGo(List<String> answered) {
        List<Step> next = new ArrayList<>();
        session.locked(() -> {
            session.core().letGo();
            for (String question : answered) {
                CoreStep parked = session.core().answered(question);
                if (parked != null) {
                    next.add(session.runner().requeued((Step) parked));
                }
            }
        });
        next.forEach(session.runner()::enqueued);
    }

    private Journal.Taken placed(
            List<Answered> entries, boolean whole, List<String> waiting, @Nullable CompletableFuture<?> caller) {
        return session.journal().answered(entries, whole, waiting, (fit, durable) -> {
            synchronized (deliveries) {
                fit.forEach(answer -> deliveries.put(answer.id(), new Delivery(durable, caller)));
            }
        });
    }

    // --- what bodies do with them ---

    /** Waits until an answer that was placed in this session is durable. On a scope's own thread. */
    public void awaitDurable(String question) {
        Delivery delivery;
        synchronized (deliveries) {
            delivery = deliveries.get(question);
        }
        if (delivery != null) {
            session.journal().await(delivery.durable());
        }
    }

    /** A body has taken the answer. */
    public void taken(String question) {
        synchronized (deliveries) {
            deliveries.remove(question);
        }
    }

    /** A body rejected the answer, and the question is open again: fails its caller, or those that wait for the pause. */
    public void rejected(String question, String why) {
        Delivery delivery;
        synchronized (deliveries) {
            delivery = deliveries.remove(question);
        }
        if (delivery == null) {
            AnswerRefusedException rejected = new AnswerRefusedException(
                    session.threadId(), AnswerRefusedException.Reason.REJECTED, why, List.of());
            session.locked(() -> refused = rejected);
        } else if (delivery.caller() != null) {
            List<StepLog> open = session.lockedGet(() -> session.journal().log().pendingQuestions());
            List<PendingInterrupt<?, ?>> pending =
                    open.stream().<PendingInterrupt<?, ?>>map(session::pending).toList();
            delivery.caller()
                    .completeExceptionally(new AnswerRefusedException(
                            session.threadId(), AnswerRefusedException.Reason.REJECTED, why, pending));
        }
    }

    /** Why the answer was refused that the activation began with, without the pending questions; null if it was not. Once the session is over. */
    public @Nullable AnswerRefusedException refused() {
        return refused;
    }
}
