package dev.clew.engine.scope;

import dev.clew.engine.core.Match;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.CalledWith;
import dev.clew.engine.run.DetachedCall;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.engine.run.StepRunner;
import dev.clew.engine.run.Timers;
import dev.clew.engine.setup.Contexts;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the calls of one scope attempt their identity, matches them with the log, and opens their steps. On the scope's own
 * thread.
 */
public final class Calls {
    private final Session session;
    private final Frame frame;
    private final Replay replay;
    private final RenamedSteps renamed;
    private final Map<String, Integer> counters = new HashMap<>();
    private int next;

    /** Whether the last call was not in the log, so that the next one will probably run, too. */
    private boolean live;

    Calls(Session session, Frame frame, Replay replay) {
        this.session = session;
        this.frame = frame;
        this.replay = replay;
        this.renamed = new RenamedSteps(session, replay.log());
    }

    /** Begins a called step, or answers it from what is recorded of it. */
    interface Beginning {
        void begin(Step called, @Nullable StepLog recorded);
    }

    /** The place of the next call among those of the scope. */
    int next() {
        return next;
    }

    String segment(StepKind kind, String name) {
        int n = counters.merge(kind.word() + ':' + name, 1, Integer::sum);
        return StepPath.segment(kind, name, n);
    }

    /** An execution of a node has the number that it was planned with: an edit by hand may have put others before it. */
    private String segment(StepKind kind, TaskSpec<?> spec) {
        return spec.number() > 0 ? StepPath.segment(kind, spec.name(), spec.number()) : segment(kind, spec.name());
    }

    /** Whether the log has the outcome of the next call of a task. Under the session's lock. */
    boolean isRecorded(TaskSpec<?> task) {
        int n = counters.getOrDefault(task.kind().word() + ':' + task.name(), 0) + 1;
        StepLog known = replay.log().step(StepPath.segment(task.kind(), task.name(), n));
        return known != null && known.done() && !known.dropped();
    }

    int takeOrdinal() {
        if (replay.log().counts(next)) {
            session.countStep(frame);
        }
        return next++;
    }

    // --- tasks and children ---

    /** Calls a leaf or a scope of this run. */
    Step start(StepKind kind, TaskSpec<?> spec, @Nullable Object[] arguments, Contexts contexts) {
        StepRunner runner = session.runner();
        Called called = called(kind, spec, arguments, contexts);
        boolean plain =
                kind != StepKind.CHILD && !spec.isScope() && spec.cache().isEmpty();
        if (!plain) {
            return opened(called, runner::begin);
        }
        boolean permit = live && session.permits().tryAcquire();
        boolean used = false;
        try {
            OpenedLeaf leaf = session.lockedGet(() -> openLeaf(called, permit));
            live = leaf.match() instanceof Match.Fresh;
            Step step = leaf.step();
            used = permit && step != null && live;
            if (step == null) {
                return opened(called, leaf.match(), runner::begin);
            }
            begun(step, leaf.match(), used);
            return step;
        } finally {
            if (permit && !used) {
                session.permits().release();
            }
        }
    }

    private void begun(Step step, Match match, boolean permit) {
        StepRunner runner = session.runner();
        if (match instanceof Match.Recorded recorded) {
            runner.toldReplayed(step, recorded.step());
        } else if (permit) {
            runner.offered(step);
        } else {
            runner.enqueued(step);
        }
    }

    /** Calls a workflow on a thread of its own. */
    Step detached(DetachedCall call, @Nullable Object input) {
        return opened(
                called(
                        StepKind.CHILD,
                        call.spec(),
                        call.arguments(input),
                        frame.step().contexts()),
                (step, recorded) -> session.runner().detached().begin(step, recorded, call));
    }

    /** A call, what it is called with, and how many failures the scope has seen before it. */
    private record Called(
            Step.Call call, String segment, @Nullable Object[] arguments, Contexts contexts, int mark) {}

    private Called called(StepKind kind, TaskSpec<?> spec, @Nullable Object[] arguments, Contexts contexts) {
        frame.check(kind == StepKind.CHILD ? "workflow" : kind.word(), spec.name());
        Values.Arguments held = session.values().arguments(spec, arguments);
        String segment = renamed.segment(kind, spec, segment(kind, spec), next);
        return called(kind, spec, segment, held, arguments, contexts);
    }

    private Called called(
            StepKind kind,
            TaskSpec<?> spec,
            String segment,
            Values.Arguments held,
            @Nullable Object[] arguments,
            Contexts contexts) {
        Step.Call call = new Step.Call(kind, spec, StepPath.child(frame.step().path(), segment), takeOrdinal(), held);
        session.called(call.path(), call.ordinal(), spec.parameterTypes(), arguments);
        return new Called(call, segment, arguments, contexts, frame.observedMark());
    }

    private Match match(Called called) {
        Step.Call call = called.call();
        return Match.of(
                replay.log(), called.segment(), call.ordinal(), call.arguments().digest());
    }

    // --- a leaf, in one use of the lock ---

    /** @param step null if more than the lock is needed to open it */
    private record OpenedLeaf(Match match, @Nullable Step step) {}

    /** Opens a leaf that is not recorded, or that succeeded. Under the session's lock. */
    private OpenedLeaf openLeaf(Called called, boolean permit) {
        session.core().settleInline(frame);
        Match match = match(called);
        if (!session.core().hasNoOrphans() || session.core().isOver()) {
            return new OpenedLeaf(match, null);
        }
        if (match instanceof Match.Recorded recorded
                && session.runner().outcomes().isReadAtOnce(recorded.step())) {
            Step step = new Step(called.call(), frame, called.mark(), called.contexts());
            session.core().open(frame, step);
            recorded.step().reach(frame.id());
            StepRunner runner = session.runner();
            runner.settleRecorded(step, recorded.step(), runner.outcomes().recorded(step, recorded.step()));
            return new OpenedLeaf(match, step);
        }
        if (match instanceof Match.Fresh fresh && fresh.forgotten() == null) {
            Step step = new Step(called.call(), frame, called.mark(), called.contexts());
            session.core().open(frame, step);
            session.core().queue(step, false);
            if (permit) {
                session.core().offer(step);
            }
            return new OpenedLeaf(match, step);
        }
        return new OpenedLeaf(match, null);
    }

    // --- any other step ---

    private Step opened(Called called, Beginning beginning) {
        return opened(called, null, beginning);
    }

    private Step opened(Called called, @Nullable Match known, Beginning beginning) {
        Step.Call call = called.call();
        Step running = session.core().hasNoOrphans()
                ? null
                : session.lockedGet(() -> (Step) session.core().adopt(frame, call.path()));
        if (running != null) {
            if (frame.sealingMismatches(() -> replay.adopts(running, call))) {
                return running;
            }
            session.locked(() -> session.core().refuse(frame, running));
        }
        StepLog recorded = recorded(called, running == null ? known : null);
        Step step = new Step(call, frame, called.mark(), called.contexts());
        step.argumentsKept = CalledWith.has(recorded, call.arguments());
        session.locked(() -> session.core().open(frame, step));
        beginning.begin(step, recorded);
        return step;
    }

    /** What is recorded of a call, or null; a mismatch seals the scope. */
    private @Nullable StepLog recorded(Called called, @Nullable Match known) {
        Match match = known == null
                ? session.lockedGet(() -> {
                    session.core().settleInline(frame);
                    return match(called);
                })
                : known;
        return frame.sealingMismatches(
                () -> replay.recorded(match, called.segment(), called.call(), called.arguments(), called.mark()));
    }

    // --- timers ---

    /** Sets a timer: a step that no method stands behind. */
    Step timer(String name, Duration duration) {
        frame.check("timer", name);
        String segment = segment(StepKind.TIMER, name);
        TaskSpec<?> spec = Timers.spec(name);
        @Nullable Object[] arguments = {duration};
        Values.Arguments held = session.values().arguments(spec, arguments);
        Called called = called(
                StepKind.TIMER, spec, segment, held, arguments, frame.step().contexts());
        StepLog recorded = recorded(called, null);
        Step timer = new Step(called.call(), frame, called.mark(), called.contexts());
        timer.argumentsKept = CalledWith.has(recorded, held);
        session.runner().timers().begin(timer, recorded, duration);
        return timer;
    }
}
