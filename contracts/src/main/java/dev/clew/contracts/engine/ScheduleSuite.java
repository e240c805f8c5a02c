package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.SharedResources;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.queue.Worker;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Missed;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.Schedules;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.RunStatus;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules that fire: each tick once, over all processes, whatever dies, is busy, or was missed. */
public abstract class ScheduleSuite extends ScheduleFixture {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aScheduleEnqueuesARunAtEachTickOnAThreadOfItsOwn(Durability durability) {
        Lab lab = working(durability);
        Instant first = nextTick();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q.metadata("user", "ann"));
        assertThat(state(schedule).next()).isEqualTo(first);
        assertThat(state(schedule).last()).isNull();

        for (Instant tick = first; tick.isBefore(first.plus(HOUR.multipliedBy(3))); tick = tick.plus(HOUR)) {
            Firing firing = fires(schedule, tick);

            assertThat(firing).isEqualTo(new Firing("s/" + tick, "s@" + tick));
            assertThat(completed(lab, firing)).isEqualTo("rain!");
            assertThat(lab.workflow().history(firing.threadId()).get(0).metadata())
                    .containsEntry("user", "ann");
            assertThat(state(schedule).next()).isEqualTo(tick.plus(HOUR));
        }
        assertThat(began).hasSize(3);
    }

    @Test
    void aScheduleIsFiredByHandOnceForAMomentAndItsTicksStay() {
        Lab lab = working();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q);
        Instant next = state(schedule).next();
        assertThat(schedule.pause()).isTrue();
        Instant moment = next.minus(HOUR.multipliedBy(5));

        Firing firing = schedule.fire(moment).orElseThrow();

        assertThat(schedule.fire(moment)).contains(firing);
        assertThat(firing).isEqualTo(new Firing("s/" + moment, "s@" + moment));
        assertThat(completed(lab, firing)).isEqualTo("rain!");
        assertThat(schedule.fire(moment)).contains(firing);
        assertThat(began).hasSize(1);
        assertThat(state(schedule).next()).isEqualTo(next);
        assertThat(state(schedule).isPaused()).isTrue();
        assertThat(state(schedule).last()).isEqualTo(firing);
        assertThat(lab.graph().schedule("none").fire(moment)).isEmpty();
    }

    @Test
    void severalProcessesFireEachTickOnce() {
        List<Lab> labs = List.of(working(), working(), working());
        labs.forEach(Lab::graph);
        Instant tick = nextTick();
        Schedule schedule = labs.get(0).workflow().schedule("s", HOURLY, "rain", Q);

        for (int i = 0; i < 10; i++, tick = tick.plus(HOUR)) {
            Firing firing = fires(schedule, tick);
            assertThat(completed(labs.get(i % 3), firing)).isEqualTo("rain!");
        }

        assertThat(began).hasSize(10);
    }

    @Test
    void aWorkerWithoutTheWorkflowFires() {
        Lab front = defining();
        Lab other = opened(new Lab(store, Durability.ASYNC))
                .options(graph -> graph.world(world).worker(Worker.of("other").pollEvery(Duration.ofMillis(1))));
        other.spec(WorkflowSpec.of("Other.run", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> ""));
        other.graph();
        Schedule schedule = front.workflow().schedule("s", HOURLY, "rain", Q);

        Firing firing = fires(schedule, nextTick());

        assertThat(handle(front, firing).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void aTickIsLeftOutWhileTheRunBeforeIsNotOver() {
        Lab lab = working().body((input, calls, run) -> run.interrupt(NAME, "who?"));
        Instant first = nextTick();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "ask", Q);
        Firing asking = fires(schedule, first);
        until(() -> handle(lab, asking).status() == RunStatus.INTERRUPTED);

        pass(HOUR);
        until(() -> state(schedule).next().equals(first.plus(HOUR.multipliedBy(2))));
        assertThat(state(schedule).last()).isEqualTo(asking);

        assertThat(lab.workflow()
                        .invoke(Command.resume("ann"), RunConfig.thread(asking.threadId()))
                        .value())
                .isEqualTo("ann");
        fires(schedule, first.plus(HOUR.multipliedBy(2)));
    }

    @Test
    void runsThatMayOverlapAreEnqueuedAllTheSameAndWaitOnAThreadOfTheirs() {
        Lab lab = working().body((input, calls, run) -> run.interrupt(NAME, "who?"));
        Instant first = nextTick();
        ScheduleOptions overlapping = ScheduleOptions.DEFAULT.overlap(Overlap.ENQUEUE);
        Schedule beside = lab.workflow().schedule("beside", HOURLY, "ask", Q, overlapping);
        Schedule behind = lab.workflow()
                .schedule("behind", HOURLY, "ask", RunConfig.thread("one").queue("q"), overlapping);
        Firing asking = fires(behind, first);
        until(() -> handle(lab, asking).status() == RunStatus.INTERRUPTED);

        Firing next = fires(behind, first.plus(HOUR));
        Firing free = fires(beside, first.plus(HOUR));

        assertThat(next.threadId()).isEqualTo("one");
        assertThat(handle(lab, next).status()).isEqualTo(RunStatus.QUEUED);
        until(() -> handle(lab, free).status() == RunStatus.INTERRUPTED);
    }

    @Test
    void ofTicksThatWereMissedTheNewestFiresOnce() {
        Lab front = defining();
        Instant first = nextTick();
        Schedule schedule = front.workflow().schedule("s", HOURLY, "rain", Q);
        pass(HOUR.multipliedBy(10).plusMinutes(10));
        Instant newest = HOURLY.next(world.clock().instant()).orElseThrow().minus(HOUR);
        Lab lab = working();

        lab.graph();
        until(() -> hasFired(schedule, newest));

        assertThat(newest).isAfter(first.plus(HOUR.multipliedBy(8)));
        assertThat(state(schedule).next()).isEqualTo(newest.plus(HOUR));
        assertThat(completed(lab, state(schedule).last())).isEqualTo("rain!");
        assertThat(began).hasSize(1);
    }

    @Test
    void ticksThatWereMissedForTooLongAreLeftOut() {
        Lab front = defining();
        Instant first = nextTick();
        ScheduleOptions none = ScheduleOptions.DEFAULT.missed(Missed.SKIP);
        ScheduleOptions brief = ScheduleOptions.DEFAULT.catchUp(Duration.ofMinutes(5));
        Schedule skipping = front.workflow().schedule("skipping", HOURLY, "rain", Q, none);
        Schedule catching = front.workflow().schedule("catching", HOURLY, "rain", Q, brief);
        pass(Duration.between(world.clock().instant(), first).plusMinutes(10));
        working().graph();

        until(() -> state(catching).next().equals(first.plus(HOUR)));
        until(() -> state(skipping).next().equals(first.plus(HOUR)));

        assertThat(state(skipping).last()).isNull();
        assertThat(state(catching).last()).isNull();
        fires(skipping, first.plus(HOUR));
        fires(catching, first.plus(HOUR));
    }

    @Test
    void aClockThatJumpsADayFiresOnceAndOneThatJumpsBackFiresNothingAgain() {
        Lab lab = working();
        Instant first = nextTick();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q);
        fires(schedule, first);

        Firing late = fires(schedule, first.plus(Duration.ofDays(1)));
        assertThat(completed(lab, late)).isEqualTo("rain!");
        assertThat(began).hasSize(2);

        world.clock().advance(Duration.ofDays(-1));
        pass(HOUR);
        pass(HOUR);
        assertThat(state(schedule).last()).isEqualTo(late);
        Firing next = fires(schedule, first.plus(Duration.ofDays(1)).plus(HOUR));
        assertThat(completed(lab, next)).isEqualTo("rain!");
        assertThat(began).hasSize(3);
    }

    @Test
    void aRunThatIsRefusedAtItsTurnDoesNotKeepTheNextOneFromFiring() {
        Lab lab = working();
        var other = lab.graph()
                .add(WorkflowSpec.of("Lab.other", TypeRef.of(String.class), TypeRef.of(String.class))
                        .body(call -> "other"));
        other.invoke("x", RunConfig.thread("taken"));
        Instant first = nextTick();
        Schedule schedule = lab.workflow()
                .schedule("s", HOURLY, "rain", RunConfig.thread("taken").queue("q"));

        Firing refused = fires(schedule, first);

        until(() -> handle(lab, refused).status() == RunStatus.REFUSED);
        assertThatThrownBy(() -> handle(lab, refused).result())
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("Lab.other");
        fires(schedule, first.plus(HOUR));
    }

    @Test
    void aFiringWhoseAnswerWasLostIsNotFiredTwice() {
        AtomicInteger lost = new AtomicInteger();
        Checkpointer lossy = new LossySchedules(store, lost);
        Lab lab = opened(new Lab(lossy, Durability.ASYNC))
                .options(graph -> graph.world(world).worker(Worker.of("q").pollEvery(Duration.ofMillis(1))))
                .body((input, calls, run) -> {
                    began.add(input);
                    return input + "!";
                });
        Instant first = nextTick();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q);

        Firing firing = fires(schedule, first);

        assertThat(completed(lab, firing)).isEqualTo("rain!");
        fires(schedule, first.plus(HOUR));
        until(() -> lost.get() == 2 && began.size() >= 2);
        assertThat(began).hasSize(2);
    }

    @Test
    void whatIsDueWhenItsProcessEndsIsFiredByTheNextOne() {
        Lab lab = working();
        Instant first = nextTick();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q);
        lab.close();
        pass(HOUR);
        assertThat(schedule.state().orElseThrow().last()).isNull();

        Lab next = working();
        next.graph();
        until(() -> hasFired(next.graph().schedule("s"), first));

        assertThat(completed(next, state(next.graph().schedule("s")).last())).isEqualTo("rain!");
    }

    @Test
    void whatIsScheduledIsEncryptedAndFiredByAWorkerWithoutTheKey() {
        Codec encrypting = EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", new SecretKeySpec(new byte[32], "AES"))
                .build();
        Lab lab = working();
        lab.options(graph ->
                graph.world(world).codec(encrypting).worker(Worker.of("secret").pollEvery(Duration.ofMillis(1))));
        Schedule schedule =
                lab.workflow().schedule("s", HOURLY, "rain", RunConfig.none().queue("secret"));
        ScheduleRecord stored = store.schedules().find("s").orElseThrow();
        assertThat(new String(stored.run().input(), StandardCharsets.ISO_8859_1))
                .doesNotContain("rain");
        long revision = stored.revision();
        lab.workflow().schedule("s", HOURLY, "rain", RunConfig.none().queue("secret"));
        assertThat(store.schedules().find("s").orElseThrow().revision()).isEqualTo(revision);
        lab.close();
        working().graph();

        Firing firing = fires(schedule, nextTick());

        assertThat(completed(lab, firing)).isEqualTo("rain!");
    }

    @Test
    @ResourceLock(SharedResources.LOG)
    void ticksThatNoReaderHereKnowsAreLeftToOthersAndLoggedOnce() {
        try (LogCapture log = new LogCapture()) {
            Lab lab = working();
            Instant first = nextTick();
            Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q);
            ScheduleRecord known = store.schedules().find("s").orElseThrow();
            store.schedules()
                    .put(new ScheduleRecord(
                            "moon", 0, "moon:full", known.options(), known.run(), false, known.nextAt(), null));

            fires(schedule, first);
            fires(schedule, first.plus(HOUR));

            assertThat(state(lab.graph().schedule("moon")).next()).isEqualTo(first);
            assertThat(log.count("schedule 'moon' with ticks 'moon:full' is left to other workers"))
                    .isEqualTo(1);
            lab.graph().schedule("moon").pause();
            assertThatThrownBy(() -> lab.graph().schedule("moon").resume())
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("moon:full");
            assertThat(state(lab.graph().schedule("moon")).isPaused()).isTrue();
        }
    }

    @Test
    void manySchedulesThatCannotBeReadDoNotKeepALaterOneFromFiring() {
        Lab lab = working();
        Instant first = nextTick();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q);
        ScheduleRecord known = store.schedules().find("s").orElseThrow();
        for (int i = 0; i <= Schedules.MOST_DUE; i++) {
            store.schedules()
                    .put(new ScheduleRecord(
                            "moon" + i,
                            0,
                            "moon:full",
                            known.options(),
                            known.run(),
                            false,
                            first.minusNanos(1),
                            null));
        }

        Firing firing = fires(schedule, first);

        assertThat(completed(lab, firing)).isEqualTo("rain!");
    }
}
