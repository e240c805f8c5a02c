package dev.clew.engine;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.flow.PendingInterrupt;
import dev.clew.flow.StepKind;
import dev.clew.stream.EventQueue;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what one activation does to those who stream it. Called on the threads of tasks and scopes, without a lock;
 * an event that nobody wants is not even built.
 */
final class Broadcast {
    private final Session session;
    private final List<EventQueue> readers = new CopyOnWriteArrayList<>();

    Broadcast(Session session) {
        this.session = session;
    }

    void add(EventQueue reader) {
        readers.add(reader);
    }

    private void publish(StreamMode mode, Supplier<StreamEvent> event) {
        if (readers.isEmpty()) {
            return;
        }
        StreamEvent built = null;
        for (EventQueue reader : readers) {
            boolean debug =
                    (mode == StreamMode.TASKS || mode == StreamMode.CHECKPOINTS) && reader.wants(StreamMode.DEBUG);
            if (!debug && !reader.wants(mode)) {
                continue;
            }
            built = built == null ? event.get() : built;
            if (reader.wants(mode)) {
                reader.publish(built);
            }
            if (debug) {
                reader.publish(debug(built));
            }
        }
    }

    private StreamEvent debug(StreamEvent event) {
        int step = event instanceof StreamEvent.Checkpointed checkpoint
                ? checkpoint.step()
                : session.activation().loopStep();
        return new StreamEvent.Debug(step, Time.toInstant(session.time().micros()), event);
    }

    // --- the run ---

    void began(Step root) {
        Activation activation = session.activation();
        CheckpointRecord opening = activation.opening();
        if (opening != null) {
            publish(StreamMode.CHECKPOINTS, () -> checkpoint(opening, null, activation.resumed()));
        }
        if (activation.resumed()) {
            publish(StreamMode.VALUES, () -> new StreamEvent.Value(session.valueSoFar(), false));
        }
        publish(StreamMode.TASKS, () -> started(root, 1, false));
    }

    void completed(@Nullable Object value, @Nullable CheckpointRecord loop) {
        String name = session.activation().workflow().name();
        publish(StreamMode.UPDATES, () -> new StreamEvent.Update(name, "", value, false, false));
        publish(StreamMode.TASKS, () -> new StreamEvent.TaskEnded(rootId(), name, "", value, null, List.of(), false));
        publish(StreamMode.VALUES, () -> new StreamEvent.Value(value, false));
        if (loop != null) {
            publish(StreamMode.CHECKPOINTS, () -> checkpoint(loop, value, false));
        }
    }

    void interrupted(List<PendingInterrupt<?, ?>> pending) {
        if (readers.isEmpty()) {
            return;
        }
        List<StreamEvent.Question> questions =
                pending.stream().map(Broadcast::question).toList();
        String name = session.activation().workflow().name();
        publish(StreamMode.UPDATES, () -> new StreamEvent.Interrupted(StreamMode.UPDATES, questions));
        publish(StreamMode.TASKS, () -> new StreamEvent.TaskEnded(rootId(), name, "", null, null, questions, false));
        publish(StreamMode.VALUES, () -> new StreamEvent.Interrupted(StreamMode.VALUES, questions));
    }

    void failed(Failure failure) {
        String name = session.activation().workflow().name();
        publish(StreamMode.TASKS, () -> new StreamEvent.TaskEnded(rootId(), name, "", null, failure, List.of(), false));
    }

    // --- steps ---

    void started(Step step, int attempt) {
        publish(StreamMode.TASKS, () -> started(step, attempt, false));
    }

    void succeeded(Step step, @Nullable Object value, boolean cached) {
        String name = step.spec().name();
        publish(StreamMode.UPDATES, () -> new StreamEvent.Update(name, step.path(), value, cached, false));
        if (!cached) {
            publish(StreamMode.TASKS, () -> ended(step, value, null, false));
        }
    }

    void retried(Step step, int attempt, Failure failure, Duration delay) {
        publish(
                StreamMode.TASKS,
                () -> new StreamEvent.TaskRetried(id(step), step.spec().name(), step.path(), attempt, failure, delay));
    }

    void failed(Step step, Failure failure) {
        publish(StreamMode.TASKS, () -> ended(step, null, failure, false));
    }

    /** A recorded step is used again; its value is decoded only if somebody wants to see it. */
    void replayed(Step step) {
        if (readers.isEmpty() || step.kind() == StepKind.TIMER) {
            return;
        }
        publish(StreamMode.TASKS, () -> started(step, 0, true));
        if (step.outcome instanceof Outcome.Failed failed) {
            publish(StreamMode.TASKS, () -> ended(step, null, failed.failure(), true));
        } else if (!(step.outcome instanceof Outcome.Cancelled)) {
            publish(
                    StreamMode.UPDATES,
                    () -> new StreamEvent.Update(
                            step.spec().name(),
                            step.path(),
                            session.runner().outcomes().value(step),
                            false,
                            true));
            publish(
                    StreamMode.TASKS,
                    () -> ended(step, session.runner().outcomes().value(step), null, true));
        }
    }

    void emitted(Step step, @Nullable Object value, boolean replayed) {
        publish(StreamMode.CUSTOM, () -> new StreamEvent.Custom(step.spec().name(), step.path(), value, replayed));
    }

    void token(Step step, int attempt, String token, boolean replayed) {
        publish(
                StreamMode.MESSAGES,
                () -> new StreamEvent.Message(step.spec().name(), step.path(), id(step), attempt, token, replayed));
    }

    // --- shapes ---

    private StreamEvent started(Step step, int attempt, boolean replayed) {
        List<@Nullable Object> input = new ArrayList<>();
        for (int i = 0; i < step.spec().parameters().size(); i++) {
            input.add(step.arguments().copy(i));
        }
        return new StreamEvent.TaskStarted(id(step), step.spec().name(), step.path(), input, attempt, replayed);
    }

    private StreamEvent ended(Step step, @Nullable Object value, @Nullable Failure failure, boolean replayed) {
        return new StreamEvent.TaskEnded(
                id(step), step.spec().name(), step.path(), value, failure, List.of(), replayed);
    }

    private String id(Step step) {
        return session.stepId(step.path());
    }

    private String rootId() {
        return session.stepId("");
    }

    private StreamEvent checkpoint(CheckpointRecord checkpoint, @Nullable Object value, boolean replayed) {
        return new StreamEvent.Checkpointed(
                checkpoint.id(),
                checkpoint.parentId(),
                checkpoint.source(),
                checkpoint.step(),
                checkpoint.createdAt(),
                value,
                new Metadata(session.values().codec()).clear(session.threadId(), checkpoint),
                replayed);
    }

    private static StreamEvent.Question question(PendingInterrupt<?, ?> pending) {
        return new StreamEvent.Question(pending.id(), pending.name(), pending.path(), pending.value());
    }
}
