package dev.clew.engine.run;

import dev.clew.engine.core.CoreStep;
import dev.clew.engine.core.Races;
import dev.clew.engine.core.StepPhase;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.Time;
import dev.clew.spi.TaskSpec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Durable timers: steps with an identity and a duration, and no body. */
public final class Timers {
    private final Session session;
    private final StepRunner runner;

    Timers(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    public static TaskSpec<Void> spec(String name) {
        return TaskSpec.of(name, TypeRef.of(Void.class))
                .parameter("duration", TypeRef.of(Duration.class))
                .leaf(call -> {
                    throw new IllegalStateException("a timer has no body");
                });
    }

    private long now() {
        return session.time().micros();
    }

    /** Begins a timer; {@code duration} counts from now unless the log has its deadline. */
    public void begin(Step timer, @Nullable StepLog recorded, Duration duration) {
        if (recorded != null && !recorded.dropped()) {
            if (recorded.done()) {
                runner.replayed(timer, recorded);
                return;
            }
            session.locked(() -> dormant(timer, recorded.deadline()));
            return;
        }
        long set = now();
        long due = Time.due(set, duration);
        Journal.Placed placed =
                session.journal().append(timer, call -> new LogEntry.TimerSet(timer.path(), set, call, due));
        session.journal().await(placed);
        session.locked(() -> dormant(timer, due));
    }

    private void dormant(Step timer, long due) {
        boolean unused = session.core().sleep(timer, due);
    }

    /** Sets the alarms of the timers that a blocked scope waits for. Under the lock. */
    public void watch(List<Step> steps) {
        for (Step step : steps) {
            if (step.isTimer() && step.phase() == StepPhase.DORMANT && step.alarm == null) {
                Duration left = Time.left(step.due(), now());
                step.alarm = session.time().whileOpen(left, () -> runner.hand(() -> due(step)));
            }
        }
    }

    /** Calls them off: a scope that is unwound must not be kept in memory by an alarm. Under the lock. */
    public void unwatch(List<Step> steps) {
        for (Step step : steps) {
            if (step.isTimer() && step.alarm != null) {
                step.alarm.cancel(false);
                step.alarm = null;
            }
        }
    }

    private void due(Step timer) {
        Races.Ring ring = session.lockedGet(() -> {
            timer.alarm = null;
            Races.Ring means = races().rang(timer);
            if (means == Races.Ring.PASSES) {
                races().passes(timer, new Outcome.Value(null));
            }
            return means;
        });
        if (ring == Races.Ring.TAKES_PLACE) {
            takePlace(timer);
        }
    }

    /** A raced timer takes its place in the log, and settles. */
    public void takePlace(Step timer) {
        if (runner.outcomes().fired(timer)) {
            session.locked(() -> races().tookPlace(timer, new Outcome.Value(null)));
        }
    }

    /** Settles what is due among joined timers. */
    public void settleDue(List<Step> steps) {
        if (!steps.isEmpty() && steps.stream().anyMatch(CoreStep::isTimer)) {
            session.locked(() -> races().passDue(steps, now(), new Outcome.Value(null)));
        }
    }

    /** The private timer of a join that came in time. */
    public void outrun(Step timer) {
        Journal.Placed placed = runner.outcomes()
                .cancelled(timer, () -> true, () -> session.core().cancel(timer));
        if (placed != null) {
            session.journal().await(placed);
        }
    }

    private Races races() {
        return session.core().races();
    }
}
