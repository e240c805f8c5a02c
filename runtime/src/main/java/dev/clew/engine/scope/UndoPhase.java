package dev.clew.engine.scope;

import dev.clew.effect.EffectNotes;
import dev.clew.effect.Resolution;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.Registration;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.Outcome;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.run.Session;
import dev.clew.engine.world.Time;
import dev.clew.flow.NonDeterminismException;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.TaskUndo;
import dev.clew.state.StepKind;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run does instead of its body once it is to be undone: it settles what is unknown, then undoes every registered step, one
 * after another, the newest first. Scope code at the root; what the body has recorded does not change any more, so every
 * replay finds the same.
 */
final class UndoPhase {
    private final Session session;
    private final Scope scope;
    private final Map<String, Integer> numbers = new HashMap<>();

    private UndoPhase(Session session, Scope scope) {
        this.session = session;
        this.scope = scope;
    }

    /** The root of an activation that undoes its run. */
    static TaskSpec<?> spec(Session session) {
        return TaskSpec.of("undo", new TypeRef<@Nullable Void>() {})
                .scope(call -> new UndoPhase(session, call.scope()).run());
    }

    /** A step that is to be undone. */
    private record Undone(Registration registered, TaskSpec<?> task, TaskUndo how, int number) {}

    /**
     * What became of an effect whose outcome was unknown.
     *
     * @param value what it gave, if it happened
     */
    private record Settled(boolean happened, @Nullable Object value) {}

    private @Nullable Void run() {
        List<Undone> all = registered();
        Map<Undone, Settled> settled = new HashMap<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Undone step = all.get(i);
            if (step.registered().isUnknown() && step.how().settling().isPresent()) {
                TaskUndo.Settle settle = step.how().settling().get();
                settled.put(step, said(step, settle).orElseGet(() -> settle(step, settle)));
            }
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            undo(all.get(i), settled.get(all.get(i)));
        }
        return null;
    }

    /** In the order in which they began. */
    private List<Undone> registered() {
        List<Registration> all =
                session.lockedGet(() -> Registration.all(session.journal().log()));
        List<Undone> steps = new ArrayList<>();
        for (Registration each : all) {
            TaskSpec<?> task = task(each.step());
            TaskUndo how = task.undo().orElseThrow();
            boolean hasBegun = how.settling().isEmpty() || each.scope().effectAttempts() > 0;
            if (hasBegun) {
                steps.add(new Undone(each, task, how, numbers.merge(how.step().name(), 1, Integer::sum)));
            }
        }
        return steps;
    }

    /** The task of a step; without it, the run is blocked. */
    private TaskSpec<?> task(StepLog step) {
        RunWorkflow<?, ?> workflow = session.activation().workflow();
        return workflow.graph()
                .task(workflow.spec(), step.path())
                .filter(task -> task.undo().isPresent())
                .orElseGet(() -> {
                    scope.block(new NonDeterminismException(
                            "step '" + step.path() + "' is to be undone, in " + session.where()
                                    + ", and the code has no task '" + StepPath.name(step.path())
                                    + "' with undo. Deploy code that has it; then Command.undo() continues."));
                    throw new IllegalStateException("a blocked scope went on");
                });
    }

    /** What a person has said while the run could not ask; nothing also if that is no result of the task. */
    private Optional<Settled> said(Undone step, TaskUndo.Settle settle) {
        ScopeLog scopeOfStep = step.registered().scope();
        String key = EffectNotes.SETTLED + session.lockedGet(scopeOfStep::effectAttempts);
        if (session.lockedGet(() -> scopeOfStep.note(key)) == null) {
            return Optional.empty();
        }
        try {
            Object said = Objects.requireNonNull(note(scopeOfStep, key, settle.said()));
            return settle.resolution().apply(said) instanceof Resolution.Succeeded<?> happened
                    ? Optional.of(new Settled(true, happened.value()))
                    : Optional.of(new Settled(false, null));
        } catch (CodecException other) {
            return Optional.empty();
        }
    }

    private Settled settle(Undone step, TaskUndo.Settle settle) {
        ScopeLog log = step.registered().scope();
        int attempts = session.lockedGet(log::effectAttempts);
        List<@Nullable Object> arguments = arguments(step);
        arguments.add(effectId(step));
        arguments.add(step.registered().step().path());
        arguments.add(begunAt(step));
        arguments.add(attempts);
        boolean happened = scope.call(settle.step().numbered(step.number()), arguments.toArray())
                .join();
        String path = StepPath.segment(StepKind.SETTLE, settle.step().name(), step.number());
        ScopeLog settled = session.lockedGet(() -> session.journal().log().scope(path));
        return new Settled(
                happened,
                happened ? note(settled, EffectNotes.VALUE, step.task().resultType()) : null);
    }

    private void undo(Undone step, @Nullable Settled settled) {
        if (settled != null && !settled.happened()) {
            return;
        }
        Optional<StepLog> success = session.lockedGet(step.registered()::success);
        @Nullable
        Object value = settled != null
                ? settled.value()
                : success.map(log -> value(log, step.task())).orElse(null);
        boolean happened = settled != null || success.isPresent();
        List<@Nullable Object> arguments = arguments(step);
        arguments.add(step.how().takesResult() ? Optional.ofNullable(given(step.how(), value)) : (Object) happened);
        arguments.add(effectId(step));
        arguments.add(step.registered().step().path());
        Object unused = scope.call(step.how().step().numbered(step.number()), arguments.toArray())
                .join();
    }

    // --- what was recorded ---

    private static @Nullable Object given(TaskUndo how, @Nullable Object value) {
        return value == null ? null : how.given().apply(value);
    }

    private List<@Nullable Object> arguments(Undone step) {
        List<@Nullable Object> arguments = new ArrayList<>();
        List<TypeRef<?>> types = step.how().arguments();
        for (int i = 0; i < types.size(); i++) {
            String key = EffectNotes.ARGUMENT + step.registered().number() + '.' + i;
            arguments.add(note(step.registered().scope(), key, types.get(i)));
        }
        return arguments;
    }

    private @Nullable Object effectId(Undone step) {
        return note(
                step.registered().scope(),
                EffectNotes.CALLED + step.registered().number(),
                TypeRef.of(String.class));
    }

    /** When its newest entry was made: nothing of it was begun later. */
    private Instant begunAt(Undone step) {
        return Time.toInstant(session.lockedGet(() -> Math.max(
                step.registered().step().at(),
                step.registered().scope().everything().stream()
                        .mapToLong(StepLog::at)
                        .max()
                        .orElse(0))));
    }

    private @Nullable Object note(ScopeLog noted, String key, TypeRef<?> type) {
        ScopeLog.Note note = session.lockedGet(() -> noted.note(key));
        if (note == null) {
            throw new IllegalStateException(
                    "step '" + noted.path() + "' has no note '" + key + "', in " + session.where());
        }
        if (!session.durable()) {
            return note.memo();
        }
        byte[] clear = session.values()
                .codec()
                .reveal(note.value(), Places.note(session.threadId(), session.runId(), noted.path(), key));
        return session.values().codec().decode(clear, type);
    }

    private @Nullable Object value(StepLog log, TaskSpec<?> task) {
        if (log.memo() instanceof Outcome.Value known) {
            return known.value();
        }
        byte[] stored = log.value();
        return stored == null
                ? null
                : session.values().codec().decode(session.reveal("step", log.path(), stored), task.resultType());
    }
}
