package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Operator;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenBusy;
import dev.clew.queue.QueueQuery;
import dev.clew.schedule.Every;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Missed;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleState;
import dev.clew.schedule.Ticks;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.RunStatus;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Schedules that are defined, defined again, paused, deleted and refused. */
public abstract class ScheduleDefinitionSuite extends ScheduleFixture {
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private long revision(String name) {
        return store.schedules().find(name).orElseThrow().revision();
    }

    @Test
    void theSameDefinitionAgainChangesNothing() {
        Lab lab = defining();
        ScheduleOptions options = ScheduleOptions.DEFAULT.overlap(Overlap.ENQUEUE);
        RunConfig config = RunConfig.thread("one")
                .queue("q")
                .priority(3)
                .concurrencyKey("ann")
                .tags("a");
        lab.workflow().schedule("s", Every.of(Duration.ofHours(7)), "rain", config, options);
        long revision = revision("s");
        ScheduleState before = state(lab.graph().schedule("s"));

        pass(QUARTER);
        lab.restart();
        Schedule again = lab.workflow().schedule("s", Every.of(Duration.ofMinutes(420)), "rain", config, options);

        assertThat(state(again)).isEqualTo(before);
        assertThat(revision("s")).isEqualTo(revision);
    }

    @Test
    void anotherDefinitionReplacesTheOneBeforeAndItsNextTickCountsFromNow() {
        Lab old = working();
        Lab young = working();
        Instant first = nextTick();
        Schedule schedule = old.workflow().schedule("s", HOURLY, "old", Q);
        Firing fired = fires(schedule, first);
        assertThat(completed(old, fired)).isEqualTo("old!");

        young.workflow().schedule("s", Every.of(QUARTER), "young", Q);

        assertThat(state(schedule).next()).isEqualTo(first.plus(QUARTER));
        assertThat(state(schedule).last()).as("what overlaps is known").isEqualTo(fired);
        assertThat(completed(old, fires(schedule, first.plus(QUARTER)))).isEqualTo("young!");

        old.workflow().schedule("s", HOURLY, "old", Q);
        assertThat(state(schedule).next()).as("the last start wins").isEqualTo(first.plus(HOUR));
        assertThat(completed(young, fires(schedule, first.plus(HOUR)))).isEqualTo("old!");
        assertThat(began).containsExactly("old", "young", "old");
    }

    @Test
    void everyPartOfADefinitionCounts() {
        Lab lab = defining();
        var workflow = lab.workflow();
        workflow.schedule("s", HOURLY, "rain", Q);
        List<Runnable> changes = List.of(
                () -> workflow.schedule("s", HOURLY, "snow", Q),
                () -> workflow.schedule("s", Every.of(QUARTER), "snow", Q),
                () -> workflow.schedule("s", Every.of(QUARTER), "snow", Q.priority(1)),
                () -> workflow.schedule("s", Every.of(QUARTER), "snow", Q.queue("other")),
                () -> workflow.schedule("s", Every.of(QUARTER), "snow", Q.concurrencyKey("ann")),
                () -> workflow.schedule("s", Every.of(QUARTER), "snow", Q.metadata("user", "ann")),
                () -> workflow.schedule("s", Every.of(QUARTER), "snow", T.queue("q")),
                () -> workflow.schedule(
                        "s", Every.of(QUARTER), "snow", T.queue("q"), ScheduleOptions.DEFAULT.missed(Missed.SKIP)));
        for (Runnable change : changes) {
            long before = revision("s");
            change.run();
            assertThat(revision("s")).isGreaterThan(before);
            change.run();
            assertThat(revision("s")).isEqualTo(before + 1);
        }
    }

    @Test
    void aPausedScheduleDoesNotFireAndFiresFromNowOnWhenItIsResumed() {
        Lab lab = working();
        Instant first = nextTick();
        Schedule schedule = lab.workflow().schedule("s", HOURLY, "rain", Q);
        Schedule other = lab.workflow().schedule("other", HOURLY, "snow", Q);

        assertThat(schedule.pause()).isTrue();
        assertThat(schedule.pause()).as("again").isTrue();
        lab.workflow().schedule("s", HOURLY, "rain", Q);
        lab.workflow().schedule("s", HOURLY, "hail", Q);
        assertThat(state(schedule).isPaused()).isTrue();
        fires(other, first);
        fires(other, first.plus(HOUR));
        assertThat(state(schedule).last()).isNull();

        assertThat(schedule.resume()).isTrue();
        assertThat(state(schedule).next()).isEqualTo(first.plus(HOUR.multipliedBy(2)));
        long revision = revision("s");
        assertThat(schedule.resume()).as("again").isTrue();
        assertThat(revision("s")).isEqualTo(revision);
        Firing firing = fires(schedule, first.plus(HOUR.multipliedBy(2)));
        assertThat(completed(lab, firing)).isEqualTo("hail!");
    }

    @Test
    void deletingLeavesWhatWasEnqueued() {
        Lab lab = working();
        Instant first = nextTick();
        Schedule schedule =
                lab.workflow().schedule("s", HOURLY, "rain", RunConfig.none().queue("nobody"));
        Firing firing = fires(schedule, first);

        assertThat(schedule.delete()).isTrue();

        assertThat(schedule.delete()).as("again").isFalse();
        assertThat(schedule.pause()).isFalse();
        assertThat(schedule.resume()).isFalse();
        assertThat(schedule.state()).isEmpty();
        assertThat(handle(lab, firing).status()).isEqualTo(RunStatus.QUEUED);
        Schedule other = lab.workflow().schedule("other", HOURLY, "snow", Q);
        fires(other, first.plus(HOUR));
        assertThat(store.queue().list(QueueQuery.all().queue("nobody"))).hasSize(1);
    }

    @Test
    void schedulesAreFoundFromTheWorkflowTheGraphAndAnOperator() {
        Lab lab = defining();
        var other = lab.graph()
                .add(WorkflowSpec.of("Lab.other", TypeRef.of(String.class), TypeRef.of(String.class))
                        .body(call -> "other"));
        lab.workflow().schedule("b", HOURLY, "rain", Q);
        other.schedule("a", Every.of(QUARTER), "rain", T);

        assertThat(lab.graph().schedules()).extracting(ScheduleState::name).containsExactly("a", "b");
        assertThat(lab.workflow().schedules()).extracting(ScheduleState::name).containsExactly("b");
        assertThat(lab.workflow().schedule("b").state()).isPresent();
        assertThat(lab.workflow().schedule("a").state()).isEmpty();
        assertThat(lab.workflow().schedule("a").delete()).isFalse();
        Operator operator = opened(Operator.of(store));
        assertThat(operator.schedules()).isEqualTo(lab.graph().schedules());
        assertThat(operator.schedules().get(0))
                .isEqualTo(new ScheduleState(
                        "a",
                        "Lab.other",
                        "every:PT15M",
                        ScheduleOptions.DEFAULT,
                        RunConfig.DEFAULT_QUEUE,
                        "t",
                        false,
                        Every.of(QUARTER).next(world.clock().instant()).orElseThrow(),
                        null));
        assertThat(operator.schedule("a").pause()).isTrue();
        assertThat(state(other.schedule("a")).isPaused()).isTrue();
        assertThat(operator.schedule("a").delete()).isTrue();
        assertThat(lab.graph().schedules()).extracting(ScheduleState::name).containsExactly("b");
    }

    @Test
    void whatAScheduleCannotHaveIsRefusedAndNothingIsStored() {
        Lab lab = defining();
        refused(lab, "s", HOURLY, Q.context("tenant"), "contexts");
        refused(lab, "s", HOURLY, Q.runId("r"), "a run id");
        refused(lab, "s", HOURLY, Q.delay(Duration.ofSeconds(1)), "delay");
        refused(lab, "s", HOURLY, Q.startAt(Instant.EPOCH), "startAt");
        refused(lab, "s", HOURLY, T.checkpoint("c"), "a checkpoint");
        refused(lab, "s", HOURLY, Q.whenBusy(WhenBusy.reject()), "WhenBusy");
        refused(lab, " ", HOURLY, Q, "blank");
        refused(lab, "\u00fc".repeat(201), HOURLY, Q, "402");
        refused(lab, "s", ticks("moon:full", Optional.of(Instant.MAX)), Q, "moon:full");
        refused(lab, "s", ticks("every:PT1H", Optional.of(Instant.MAX)), Q, "read back as other ones");
        assertThatThrownBy(() -> lab.workflow().schedule("s", HOURLY, Q))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("needs an input");
        assertThat(lab.workflow()
                        .schedule("\u00fc".repeat(200), HOURLY, "rain", T)
                        .delete())
                .isTrue();

        assertThat(lab.graph().schedules()).isEmpty();
    }

    private static void refused(Lab lab, String name, Ticks ticks, RunConfig config, String why) {
        assertThatThrownBy(() -> lab.workflow().schedule(name, ticks, "rain", config))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining(why);
    }

    private static Ticks ticks(String text, Optional<Instant> next) {
        return new Ticks() {
            @Override
            public Optional<Instant> next(Instant after) {
                return next;
            }

            @Override
            public String text() {
                return text;
            }
        };
    }

    public record Thing(Object content) {}

    @Test
    void anInputThatCannotBeStoredIsRefused() {
        var any = defining()
                .graph()
                .add(WorkflowSpec.of("Lab.any", TypeRef.of(Thing.class), TypeRef.of(String.class))
                        .body(call -> ""));

        assertThatThrownBy(() -> any.schedule("s", HOURLY, new Thing(new Object()), Q))
                .isInstanceOf(CodecException.class);

        assertThat(store.schedules().find("s")).isEmpty();
    }
}
