package dev.clew.engine.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.follow.ThreadSignals.Event;
import dev.clew.engine.follow.ThreadWatch.Pace;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.Time;
import dev.clew.engine.world.World;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a watcher looks at its thread, by a stepped clock. */
final class ThreadWatchTest {
    private static final String THREAD = "t";

    private final SteppedWorld world = new SteppedWorld();
    private final Time time = new Time(world);
    private final ThreadSignals signals = new ThreadSignals();
    private final ThreadWatch watch = new ThreadWatch(
            time, signals, (work, lost) -> LastResort.around(work, lost).run());

    /** The milliseconds at which it was looked. */
    private final List<Long> looks = new ArrayList<>();

    private final List<Throwable> lost = new ArrayList<>();
    private ThreadWatch.Watch watching;
    private int newsAt = -1;
    private int lastLook = Integer.MAX_VALUE;

    /** A world whose alarms stand still until the test moves its clock. */
    private static final class SteppedWorld implements World {
        private record Alarm(long due, FutureTask<?> work) {}

        private final List<Alarm> alarms = new ArrayList<>();
        private long nanos;

        void advance(Duration step) {
            nanos += step.toNanos();
            List<Alarm> due = alarms.stream()
                    .filter(alarm -> alarm.due() <= nanos)
                    .sorted(Comparator.comparingLong(Alarm::due))
                    .toList();
            alarms.removeAll(due);
            due.forEach(alarm -> alarm.work().run());
        }

        long alarms() {
            return alarms.stream().filter(alarm -> !alarm.work().isCancelled()).count();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Future<?> after(Duration delay, Runnable work) {
            FutureTask<?> alarm = new FutureTask<>(work, null);
            alarms.add(new Alarm(nanos + Spans.nanos(delay), alarm));
            return alarm;
        }

        @Override
        public Repeating every(Duration pause, String name, Runnable work) {
            throw new UnsupportedOperationException("a watch sets single alarms");
        }

        @Override
        public long fresh() {
            throw new UnsupportedOperationException("a watch needs no chance");
        }

        @Override
        public double chance() {
            throw new UnsupportedOperationException("a watch needs no chance");
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        time.close();
    }

    private void begin(Pace pace) {
        watching = watch.watch(THREAD, pace, this::look, lost::add);
        watching.later();
    }

    private void look() {
        looks.add(world.nanos() / 1_000_000);
        if (looks.size() == newsAt) {
            watching.foundNews();
        }
        if (looks.size() < lastLook) {
            watching.later();
        }
    }

    private void step(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            world.advance(Duration.ofMillis(1));
        }
    }

    @Test
    void looksAfterPausesThatDoubleUpToTheLongest() {
        begin(Pace.LOG);

        step(3_000);

        assertThat(looks).containsExactly(20L, 60L, 140L, 300L, 620L, 1_120L, 1_620L, 2_120L, 2_620L);
    }

    @Test
    void looksSoonAgainAfterNews() {
        newsAt = 3;
        begin(Pace.LOG);

        step(500);

        assertThat(looks).containsExactly(20L, 60L, 140L, 160L, 200L, 280L, 440L);
    }

    @Test
    void looksNoMoreOftenThanAtTheShortestPauseWhateverThePace() {
        for (Pace pace : Pace.values()) {
            looks.clear();
            SteppedWorld own = new SteppedWorld();
            ThreadWatch other = new ThreadWatch(new Time(own), signals, (work, thrown) -> work.run());
            ThreadWatch.Watch[] again = {null};
            again[0] = other.watch(
                    THREAD,
                    pace,
                    () -> {
                        looks.add(own.nanos());
                        again[0].later();
                    },
                    lost::add);
            again[0].later();
            for (int i = 0; i < 10_000; i++) {
                own.advance(Duration.ofMillis(1));
            }
            assertThat(looks).as("%s", pace).hasSizeBetween(10, (int)
                    (10_000 / pace.shortest().toMillis()));
            own.close();
        }
    }

    @Test
    void looksAtOnceWhenARunOfTheThreadComesToRest() {
        lastLook = 3;
        begin(Pace.FOLLOWED);

        step(7);
        signals.signal(THREAD, Event.AT_REST);
        step(3);
        signals.signal(THREAD, Event.OVER);
        signals.signal("another", Event.OVER);
        step(1_000);

        assertThat(looks).containsExactly(7L, 10L, 50L);
    }

    @Test
    void setsNoAlarmForALookThatASignalHasBroughtForward() {
        lastLook = 1;
        begin(Pace.FOLLOWED);
        assertThat(world.alarms()).isEqualTo(1);

        signals.signal(THREAD, Event.OVER);

        assertThat(world.alarms()).isZero();
        assertThat(looks).containsExactly(0L);
        signals.signal(THREAD, Event.OVER);
        step(1_000);
        assertThat(looks).hasSize(1);
    }

    @Test
    void pauseDoesNotNotifyListenersThatWaitForTheEnd() {
        List<String> told = new ArrayList<>();
        signals.listen(THREAD, "end", Event.OVER, () -> told.add("over"));
        signals.listen(THREAD, "rest", Event.AT_REST, () -> told.add("at rest"));
        signals.listen(THREAD, "gone", Event.AT_REST, () -> told.add("forgotten"));
        signals.forget(THREAD, "gone");

        signals.signal(THREAD, Event.AT_REST);
        assertThat(told).containsExactly("at rest");
        signals.signal(THREAD, Event.OVER);
        signals.signal(THREAD, Event.OVER);

        assertThat(told).containsExactly("at rest", "over");
    }

    @Test
    void listenersAreNotifiedInTheOrderInWhichTheyCameAndReplaceTheirEquals() {
        List<String> told = new ArrayList<>();
        for (String name : List.of("b", "a", "c", "b")) {
            signals.listen(THREAD, name, Event.OVER, () -> told.add(name + told.size()));
        }

        signals.signal(THREAD, Event.OVER);

        assertThat(told).containsExactly("b0", "a1", "c2");
    }

    /** A caller's future must end with its graph, so the look that ends it is not left to an alarm. */
    @Test
    void closingBringsTheLookForward() {
        lastLook = 1;
        begin(Pace.FOLLOWED);

        time.close();

        assertThat(looks).containsExactly(0L);
    }

    @Test
    void whatLeavesALookIsHandedOn() {
        IllegalStateException broken = new IllegalStateException("broken");
        watch.watch(
                        THREAD,
                        Pace.BUSY,
                        () -> {
                            throw broken;
                        },
                        lost::add)
                .later();

        step(10);

        assertThat(lost).containsExactly(broken);
    }
}
