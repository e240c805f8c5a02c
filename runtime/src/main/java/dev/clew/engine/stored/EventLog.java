package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.KeptArguments;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.world.Time;
import dev.clew.state.LoggedEvent;
import dev.clew.state.StepArgument;
import dev.clew.state.StepKind;
import dev.clew.task.Failure;
import dev.clew.value.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a run's log as events for people and servers: one after the other, from any place on. */
public final class EventLog {
    private final Checkpointer store;
    private final Codec codec;
    private final String threadId;
    private final String runId;

    public EventLog(Checkpointer store, Codec codec, String threadId, String runId) {
        this.store = store;
        this.codec = codec;
        this.threadId = threadId;
        this.runId = runId;
    }

    /**
     * Reads on from a place.
     *
     * @param atMost how many entries are read; 1 at least
     */
    public LoggedEvent.Page read(long from, int atMost) {
        List<byte[]> records = new ArrayList<>();
        long first = Math.max(0, from);
        // Collected first, so that nothing is decoded while the store is being read.
        // One more says whether these are all.
        int most = atMost == Integer.MAX_VALUE ? atMost : atMost + 1;
        store.scan(threadId, runId, first, most, record -> {
            if (record.seq() != first + records.size()) {
                throw new CheckpointException("the log of thread '" + threadId + "', run '" + runId + "' has entry "
                        + record.seq() + " where " + (first + records.size())
                        + " was expected; restore the database from a backup");
            }
            records.add(record.bytes());
        });
        List<LoggedEvent> events = new ArrayList<>();
        int read = Math.min(records.size(), atMost);
        for (int i = 0; i < read; i++) {
            long seq = first + i;
            LogEntry entry = EntryFormat.read(
                    records.get(i), () -> "entry " + seq + " of thread '" + threadId + "', run '" + runId + "'");
            LoggedEvent event = event(seq, entry);
            if (event != null) {
                events.add(event);
            }
        }
        return new LoggedEvent.Page(events, first + read, read == records.size());
    }

    private @Nullable LoggedEvent event(long seq, LogEntry entry) {
        if (entry instanceof LogEntry.Succeeded e) {
            return succeeded(seq, e);
        } else if (entry instanceof LogEntry.Failed e) {
            return new LoggedEvent.Failed(
                    seq,
                    at(e),
                    e.path(),
                    name(e),
                    kind(e),
                    e.attempts(),
                    began(e.startedAt()),
                    arguments(e),
                    failure(e, e.failure()));
        } else if (entry instanceof LogEntry.AttemptFailed e) {
            return new LoggedEvent.Retried(
                    seq,
                    at(e),
                    e.path(),
                    name(e),
                    StepPath.kind(e.path()),
                    e.attempts(),
                    Time.toInstant(e.nextDue()),
                    failure(e, e.failure()));
        } else if (entry instanceof LogEntry.Cancelled e) {
            return new LoggedEvent.Cancelled(seq, at(e), e.path(), name(e), StepPath.kind(e.path()));
        } else if (entry instanceof LogEntry.Opened e) {
            return new LoggedEvent.Opened(seq, at(e), e.path(), name(e), StepPath.kind(e.path()), arguments(e));
        }
        return question(seq, entry);
    }

    private @Nullable LoggedEvent succeeded(long seq, LogEntry.Succeeded e) {
        if (e.path().isEmpty()) {
            return null;
        }
        return new LoggedEvent.Succeeded(
                seq,
                at(e),
                e.path(),
                name(e),
                StepPath.kind(e.path()),
                e.attempts(),
                e.cached(),
                began(e.startedAt()),
                arguments(e),
                plain("step", e, e.value()));
    }

    private @Nullable LoggedEvent question(long seq, LogEntry entry) {
        if (entry instanceof LogEntry.Asked e) {
            Long deadline = e.deadline();
            return new LoggedEvent.Asked(
                    seq,
                    at(e),
                    e.path(),
                    name(e),
                    e.id(),
                    e.answerSchema(),
                    deadline == null ? null : Time.toInstant(deadline),
                    plain("question", e, e.question()));
        } else if (entry instanceof LogEntry.Answered e) {
            return new LoggedEvent.Answered(seq, at(e), e.path(), name(e), e.id(), plain("answer", e, e.value()));
        } else if (entry instanceof LogEntry.Reopened e) {
            return new LoggedEvent.Reopened(seq, at(e), e.path(), name(e), e.id());
        } else if (entry instanceof LogEntry.Lapsed e) {
            return new LoggedEvent.Lapsed(seq, at(e), e.path(), name(e), e.id());
        } else if (entry instanceof LogEntry.Paused e && e.path().isEmpty()) {
            return new LoggedEvent.Paused(seq, at(e));
        }
        return null;
    }

    private static Instant at(LogEntry entry) {
        return Time.toInstant(entry.at());
    }

    private static @Nullable Instant began(long startedAt) {
        return startedAt == LogEntry.NOT_STARTED ? null : Time.toInstant(startedAt);
    }

    private static String name(LogEntry entry) {
        return entry.path().isEmpty() ? "" : StepPath.name(entry.path());
    }

    private static @Nullable StepKind kind(LogEntry entry) {
        return entry.path().isEmpty() ? null : StepPath.kind(entry.path());
    }

    private List<StepArgument> arguments(LogEntry entry) {
        LogEntry.Call call = LogEntry.callOf(entry);
        return call == null ? List.of() : KeptArguments.shown(call, entry.path(), codec, threadId, runId);
    }

    private Failure failure(LogEntry entry, byte[] stored) {
        return FailureFormat.read(codec.reveal(stored, Places.step("failure", threadId, runId, entry.path())));
    }

    private @Nullable Object plain(String kind, LogEntry entry, byte[] stored) {
        return codec.decodePlain(codec.reveal(stored, Places.step(kind, threadId, runId, entry.path())));
    }
}
