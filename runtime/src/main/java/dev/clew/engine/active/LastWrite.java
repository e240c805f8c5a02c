package dev.clew.engine.active;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.Journal;
import dev.clew.engine.run.Session;
import dev.clew.engine.world.Time;
import dev.clew.flow.Durability;
import dev.clew.state.ThreadStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last write of an activation. It is durable, has everything that was held back until now, and gives the thread back. Each
 * method throws a {@link CheckpointException} if the store refuses the write.
 */
final class LastWrite {
    private final Session session;
    private final Activation activation;
    private final Journal journal;

    LastWrite(Session session) {
        this.session = session;
        this.activation = session.activation();
        this.journal = session.journal();
    }

    /**
     * The run paused or ended, but did not complete.
     *
     * @param last the entries that end its log
     * @param detail why it is blocked, protected; else null
     * @param wakeAt when it continues by itself; null if it does not
     */
    void ended(List<LogEntry> last, ThreadStatus status, byte @Nullable [] detail, @Nullable Instant wakeAt) {
        RunRecord run = activation.run().with(status, detail);
        Head head = head(status, status.isOver() ? deleteAt() : wakeAt);
        journal.finish(last, held -> new Write(run.runId(), held, run, opening(), head, true));
    }

    /** The run completed with this checkpoint. */
    void completed(CheckpointRecord completion) {
        RunRecord run = activation.run().completed(completion.id());
        Head head = new Head(ThreadStatus.IDLE, run.runId(), completion.id(), deleteAt(), 0);
        journal.finish(List.of(), held -> new Write(run.runId(), held, run, withOpening(completion), head, true));
    }

    /**
     * The run did not end: the thread is given back as it is, with everything that was recorded, so that it reads as crashed.
     *
     * @param stalls what is added when the next claim counts those that made no progress
     */
    void givenBack(int stalls) {
        boolean exit = activation.durability() == Durability.EXIT;
        boolean changes = exit || stalls != 0;
        ThreadStatus executing = session.undoes() ? ThreadStatus.UNDOING : ThreadStatus.RUNNING;
        journal.finish(
                List.of(),
                held -> new Write(
                        activation.run().runId(),
                        held,
                        exit ? activation.run() : null,
                        exit ? opening() : List.of(),
                        changes ? head(executing, null).stalled(stalls) : null,
                        true));
    }

    /** When the thread is deleted after a run that is over now; null if it stays. */
    private @Nullable Instant deleteAt() {
        return activation
                .config()
                .deleteWhenDone()
                .map(after -> Time.toInstant(Time.due(session.time().micros(), after)))
                .orElse(null);
    }

    private Head head(ThreadStatus status, @Nullable Instant dueAt) {
        CheckpointRecord opening = activation.opening();
        return new Head(status, activation.run().runId(), opening == null ? "" : opening.id(), dueAt, 0);
    }

    /** The checkpoint that opened the run, if it is not stored yet. */
    private List<CheckpointRecord> opening() {
        return session.exitPoint().opening();
    }

    private List<CheckpointRecord> withOpening(CheckpointRecord completion) {
        List<CheckpointRecord> opening = opening();
        return opening.isEmpty() ? List.of(completion) : List.of(opening.get(0), completion);
    }
}
