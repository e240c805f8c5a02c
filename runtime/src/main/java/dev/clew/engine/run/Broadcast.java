package dev.clew.engine.run;

import static dev.clew.stream.StreamMode.CHECKPOINTS;
import static dev.clew.stream.StreamMode.CUSTOM;
import static dev.clew.stream.StreamMode.MESSAGES;
import static dev.clew.stream.StreamMode.TASKS;
import static dev.clew.stream.StreamMode.UPDATES;
import static dev.clew.stream.StreamMode.VALUES;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.events.Audience;
import dev.clew.engine.events.EventReader;
import dev.clew.engine.events.EventShapes;
import dev.clew.engine.events.TapReader;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Metadata;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.Shown;
import dev.clew.engine.world.Time;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageIds;
import dev.clew.state.StepKind;
import dev.clew.stream.StreamEvent;
import dev.clew.task.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what one activation does to those who stream it. Called on the threads of tasks and scopes, without a lock;
 * an event that nobody wants is not even built.
 */
public final class Broadcast {
    private final Session session;
    private final Audience audience;

    /** The end of the run is about to be told: of a step that lost a race, and begins or ends just now, nothing is any more. */
    private volatile boolean over;

    Broadcast(Session session) {
        this.session = session;
        this.audience = new Audience(event -> debug(session, event));
    }

    public void add(EventReader reader) {
        audience.add(reader);
    }

    /** Lets a tap hear the session. */
    public void add(TapReader tap) {
        audience.add(tap);
    }

    /** The session is over, and what it recorded is stored. */
    public void rested() {
        audience.rested();
    }

    /** Whether no reader is there. */
    boolean isUnheard() {
        return audience.isEmpty();
    }

    private static StreamEvent.Debug debug(Session session, StreamEvent event) {
        int step = event instanceof StreamEvent.Checkpointed checkpoint
                ? checkpoint.step()
                : session.activation().loopStep();
        return new StreamEvent.Debug(step, Time.toInstant(session.time().micros()), event);
    }

    // --- the run ---

    /** The activation begins. Who heard the run begin already, before it slept, hears nothing of that again. */
    void began(Step root) {
        if (audience.isEmpty()) {
            return;
        }
        Activation activation = session.activation();
        Set<EventReader> fresh = new HashSet<>();
        CheckpointRecord opening = activation.opening();
        audience.each(reader -> {
            if (reader.begin()) {
                fresh.add(reader);
            }
        });
        if (opening != null && audience.wants(CHECKPOINTS)) {
            audience.tell(
                    EventShapes.checkpoint(opening, valueSoFar(), metadata(opening), activation.resumed()),
                    fresh::contains);
        }
        if (activation.resumed() && !tellsValues() && audience.wants(VALUES)) {
            audience.tell(new StreamEvent.Value(valueSoFar(), false), fresh::contains);
        }
        if (audience.wants(TASKS)) {
            audience.tell(started(root, 1, false), fresh::contains);
        }
    }

    /** The value of the thread's last completed run; null if there is none. */
    private @Nullable Object valueSoFar() {
        Checkpointer store = session.settings().checkpointer();
        if (store == null) {
            return null;
        }
        Checkpoints checkpoints = new Checkpoints(store, session.settings().codec());
        SavedValues<?> saved = new SavedValues<>(
                checkpoints, session.threadId(), session.activation().workflow().spec());
        return Shown.of(saved, session.memories().base().orElse(null)).value();
    }

    public void completed(@Nullable Object value, @Nullable CheckpointRecord loop) {
        over = true;
        String name = session.activation().workflow().name();
        if (audience.wants(UPDATES)) {
            audience.tell(new StreamEvent.Update(name, "", value, false, false));
        }
        if (audience.wants(TASKS)) {
            audience.tell(new StreamEvent.TaskEnded(rootId(), name, "", value, null, List.of(), false));
        }
        if (!tellsValues() && audience.wants(VALUES)) {
            audience.tell(new StreamEvent.Value(value, false));
        }
        if (loop != null && audience.wants(CHECKPOINTS)) {
            audience.tell(EventShapes.checkpoint(loop, value, metadata(loop), false));
        }
    }

    /** Whether the run's body says what its values are. */
    private boolean tellsValues() {
        return session.activation().workflow().spec().tellsValues();
    }

    /** A value of the run, as its body says; made only if a reader wants it. */
    public void value(Supplier<? extends @Nullable Object> value) {
        if (audience.wants(VALUES)) {
            tell(new StreamEvent.Value(value.get(), false));
        }
    }

    public void interrupted(List<PendingInterrupt<?, ?>> pending) {
        if (audience.isEmpty()) {
            return;
        }
        EventShapes.interrupted(session.activation().workflow().name(), rootId(), pending)
                .forEach(audience::tell);
    }

    public void failed(Failure failure) {
        over = true;
        if (audience.wants(TASKS)) {
            String name = session.activation().workflow().name();
            audience.tell(new StreamEvent.TaskEnded(rootId(), name, "", null, failure, List.of(), false));
        }
    }

    // --- steps ---

    void started(Step step, int attempt) {
        if (audience.wants(TASKS)) {
            tell(started(step, attempt, false));
        }
    }

    void succeeded(Step step, @Nullable Object value) {
        updated(step, value, false, false);
        if (audience.wants(TASKS)) {
            tell(ended(step, value, null, false));
        }
    }

    /** A result from the cache: it begins, by no attempt, and has its value, but nothing ran that could end. */
    void cached(Step step, @Nullable Object value) {
        if (audience.wants(TASKS)) {
            tell(started(step, 0, false));
        }
        updated(step, value, true, false);
    }

    private void updated(Step step, @Nullable Object value, boolean cached, boolean replayed) {
        if (audience.wants(UPDATES)) {
            tell(new StreamEvent.Update(
                    step.spec().name(),
                    step.path(),
                    value,
                    cached,
                    replayed,
                    step.spec().place()));
        }
    }

    void retried(Step step, int attempt, Failure failure, Duration delay) {
        if (audience.wants(TASKS)) {
            tell(new StreamEvent.TaskRetried(
                    id(step),
                    step.spec().name(),
                    step.path(),
                    attempt,
                    failure,
                    delay,
                    step.spec().place()));
        }
    }

    public void failed(Step step, Failure failure) {
        if (audience.wants(TASKS)) {
            tell(ended(step, null, failure, false));
        }
    }

    /** A recorded step is used again; its value is decoded only if somebody wants to see it. */
    void replayed(Step step, StepLog recorded) {
        boolean tasks = audience.wants(TASKS);
        boolean updates = audience.wants(UPDATES);
        if (step.kind() == StepKind.TIMER || !tasks && !updates) {
            return;
        }
        if (tasks) {
            tell(started(step, recorded.attempts(), true));
        }
        if (step.outcome() instanceof Outcome.Failed failed) {
            if (tasks) {
                tell(ended(step, null, failed.failure(), true));
            }
        } else if (!(step.outcome() instanceof Outcome.Cancelled)) {
            Object value = session.runner().outcomes().value(step);
            updated(step, value, recorded.cached(), true);
            if (tasks && !recorded.cached()) {
                tell(ended(step, value, null, true));
            }
        }
    }

    private void tell(StreamEvent event) {
        session.waiting().point();
        audience.tell(event, () -> !over);
    }

    /** Whether a reader wants what attempts emit. Allocates nothing. */
    boolean isCustomWanted() {
        return audience.wants(CUSTOM);
    }

    /** What an attempt says while it lives; that it fell meanwhile is seen even after a wait for a slow reader. */
    void emitted(Attempt attempt, @Nullable Object value) {
        if (audience.wants(CUSTOM)) {
            Step step = attempt.step();
            audience.tell(
                    new StreamEvent.Custom(
                            step.spec().name(),
                            step.path(),
                            value,
                            attempt.isReplaying(),
                            step.spec().place()),
                    () -> attempt.isLive());
        }
    }

    /** Whether a reader wants pieces of messages. */
    boolean isMessagesWanted() {
        return audience.wants(MESSAGES);
    }

    /** An attempt failed: the messages of which it has emitted pieces will not be completed. */
    void voided(Attempt attempt) {
        if (audience.wants(MESSAGES)) {
            Step step = attempt.step();
            for (String message : new TreeSet<>(attempt.messages())) {
                tell(new StreamEvent.MessageVoided(
                        step.spec().name(),
                        step.path(),
                        id(step),
                        attempt.number(),
                        message,
                        step.spec().place()));
            }
        }
    }

    void piece(Attempt attempt, MessageChunk chunk) {
        if (audience.wants(MESSAGES)) {
            Step step = attempt.step();
            String message = chunk.id() == null ? MessageIds.ofAttempt(id(step), attempt.number()) : chunk.id();
            if (!attempt.isReplaying()) {
                attempt.messages().add(message);
            }
            audience.tell(
                    new StreamEvent.Message(
                            step.spec().name(),
                            step.path(),
                            id(step),
                            session.activation().loopStep(),
                            attempt.number(),
                            chunk.withId(message),
                            attempt.isReplaying(),
                            step.spec().place()),
                    () -> attempt.isLive());
        }
    }

    // --- shapes ---

    private StreamEvent started(Step step, int attempt, boolean replayed) {
        List<@Nullable Object> input = new ArrayList<>();
        for (int i = 0; i < step.spec().parameters().size(); i++) {
            input.add(step.arguments().copy(i));
        }
        return new StreamEvent.TaskStarted(
                id(step),
                step.spec().name(),
                step.path(),
                input,
                attempt,
                replayed,
                step.spec().place());
    }

    private StreamEvent ended(Step step, @Nullable Object value, @Nullable Failure failure, boolean replayed) {
        return new StreamEvent.TaskEnded(
                id(step),
                step.spec().name(),
                step.path(),
                value,
                failure,
                List.of(),
                replayed,
                step.spec().place());
    }

    private String id(Step step) {
        return session.stepId(step.path());
    }

    private Map<String, String> metadata(CheckpointRecord checkpoint) {
        return new Metadata(session.values().codec()).clear(session.threadId(), checkpoint);
    }

    private String rootId() {
        return session.stepId("");
    }
}
