package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.schedule.Every;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleState;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;

/** What suites of schedules share: a stepped store whose workers look each millisecond, and ticks each hour. */
abstract class ScheduleFixture extends EngineSuite {
    static final Duration HOUR = Duration.ofHours(1);
    static final Every HOURLY = Every.of(HOUR);
    static final RunConfig Q = RunConfig.none().queue("q");
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(1));

    final SteppedWorld world = new SteppedWorld();

    /** The inputs of the runs that began, in their order. */
    final List<String> began = new CopyOnWriteArrayList<>();

    Checkpointer store;

    @BeforeEach
    final void openStore() throws Exception {
        store = newStore(world);
    }

    /** A process with a worker. */
    final Lab working() {
        return working(Durability.ASYNC);
    }

    final Lab working(Durability durability) {
        return opened(new Lab(new SecondDoor(store), durability))
                .options(graph -> graph.world(world).worker(WORKER))
                .body((input, calls, run) -> {
                    began.add(input);
                    return input + "!";
                });
    }

    /** A process without a worker. */
    final Lab defining() {
        return opened(new Lab(new SecondDoor(store), Durability.ASYNC))
                .options(graph -> graph.world(world))
                .body((input, calls, run) -> input);
    }

    /** The first tick from now on. */
    final Instant nextTick() {
        return HOURLY.next(world.clock().instant()).orElseThrow();
    }

    /** Lets time pass by this, and workers look in between. */
    final void pass(Duration time) {
        world.advance(time);
    }

    /** Lets workers look, a moment of the clock later each time, until this holds. */
    final void until(BooleanSupplier holds) {
        Eventually.until(() -> {
            world.advance(Duration.ofMillis(1));
            return holds.getAsBoolean();
        });
    }

    static ScheduleState state(Schedule schedule) {
        return schedule.state().orElseThrow();
    }

    /** Lets time pass to a tick, and the schedule fire for it; the runs of before have come to rest. */
    final Firing fires(Schedule schedule, Instant tick) {
        until(() -> store.queue()
                .list(QueueQuery.all().queue("q").state(RequestState.READY, RequestState.TAKEN))
                .isEmpty());
        world.advance(Duration.between(world.clock().instant(), tick));
        until(() -> hasFired(schedule, tick));
        return state(schedule).last();
    }

    static boolean hasFired(Schedule schedule, Instant tick) {
        Firing last = state(schedule).last();
        return last != null && last.tick().equals(tick);
    }

    /** The value of a run that completes while time passes. */
    final String completed(Lab lab, Firing firing) {
        RunHandle<String> run = handle(lab, firing);
        until(() -> run.status() == RunStatus.COMPLETED);
        return run.result().value();
    }

    static RunHandle<String> handle(Lab lab, Firing firing) {
        return lab.workflow().handle(firing.requestId(), firing.threadId());
    }
}
