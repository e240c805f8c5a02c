package dev.clew.engine.follow;

import dev.clew.engine.events.Audience;
import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.world.Time;
import dev.clew.state.StepKind;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.Failure;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a run's log entries as the events that its own process publishes. The log has no
 * arguments, and nothing of a leaf before its outcome, so only scopes are seen to begin, and without their input.
 */
final class LoggedEvents {
    private final String workflow;
    private final String threadId;
    private final String runId;
    private final Audience audience;
    private final Codec codec;
    private final Function<String, Optional<TypeRef<?>>> types;

    /**
     * The events of one run.
     *
     * @param types gives the type of result that this graph's code declares for the step at a path
     */
    LoggedEvents(
            String workflow,
            String threadId,
            String runId,
            Codec codec,
            Function<String, Optional<TypeRef<?>>> types,
            Audience audience) {
        this.workflow = workflow;
        this.threadId = threadId;
        this.runId = runId;
        this.codec = codec;
        this.types = types;
        this.audience = audience;
    }

    void tell(LogEntry entry) {
        boolean tasks = audience.wants(StreamMode.TASKS);
        if (entry instanceof LogEntry.Succeeded e && isStep(e)) {
            succeeded(e);
        } else if (entry instanceof LogEntry.Failed e && tasks) {
            audience.tell(ended(e, null, failure(e, e.failure())));
        } else if (entry instanceof LogEntry.AttemptFailed e && tasks) {
            Duration delay = Time.left(e.nextDue(), e.at());
            audience.tell(new StreamEvent.TaskRetried(
                    id(e), name(e), e.path(), e.attempts(), failure(e, e.failure()), delay));
        } else if (entry instanceof LogEntry.Opened e && tasks) {
            audience.tell(new StreamEvent.TaskStarted(id(e), name(e), e.path(), List.of(), 1, false));
        } else if (entry instanceof LogEntry.Restarted e && tasks) {
            audience.tell(new StreamEvent.TaskStarted(id(e), name(e), e.path(), List.of(), e.attempt(), false));
        }
    }

    private static boolean isStep(LogEntry entry) {
        StepKind kind = StepPath.kind(entry.path());
        return kind == StepKind.TASK || kind == StepKind.NODE || kind == StepKind.CHILD;
    }

    private void succeeded(LogEntry.Succeeded entry) {
        boolean tasks = audience.wants(StreamMode.TASKS) && !entry.cached();
        boolean updates = audience.wants(StreamMode.UPDATES);
        if (!tasks && !updates) {
            return;
        }
        Object value = value(entry);
        if (updates) {
            audience.tell(new StreamEvent.Update(name(entry), entry.path(), value, entry.cached(), false));
        }
        if (tasks) {
            audience.tell(ended(entry, value, null));
        }
    }

    private StreamEvent ended(LogEntry entry, @Nullable Object value, @Nullable Failure failure) {
        return new StreamEvent.TaskEnded(id(entry), name(entry), entry.path(), value, failure, List.of(), false);
    }

    private String id(LogEntry entry) {
        return id(threadId, runId, entry.path());
    }

    /** As the run's own session names a step. */
    static String id(String threadId, String runId, String path) {
        return threadId + '/' + runId + '/' + path;
    }

    private String name(LogEntry entry) {
        return entry.path().isEmpty() ? workflow : StepPath.name(entry.path());
    }

    private Failure failure(LogEntry entry, byte[] stored) {
        return FailureFormat.read(codec.reveal(stored, Places.step("failure", threadId, runId, entry.path())));
    }

    /** Decodes a value as the type that this graph's code declares for the step; plain data if there is none that fits. */
    private @Nullable Object value(LogEntry.Succeeded entry) {
        byte[] clear = codec.reveal(entry.value(), Places.step("step", threadId, runId, entry.path()));
        TypeRef<?> type = types.apply(entry.path()).orElse(null);
        try {
            return type == null ? codec.decodePlain(clear) : codec.decode(clear, type);
        } catch (CodecException other) {
            return codec.decodePlain(clear);
        }
    }
}
