package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.queue.Enqueued;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Missed;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.ScheduledRun;
import dev.clew.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Schedules of a store: changes by compare-and-set, and firings that are stored as a whole. */
abstract class ScheduleCases extends QueueCases {
    private static final Duration HOUR = Duration.ofHours(1);

    ScheduleCases(CheckpointerContract contract) {
        super(contract);
    }

    private Schedules schedules() {
        return subject().schedules();
    }

    private Instant now() {
        return clock().instant();
    }

    private static ScheduledRun run(@Nullable String thread) {
        return new ScheduledRun(FLOW, thread, QUEUE, 3, "key", true, Rows.bytes("config"), Rows.bytes("input"));
    }

    private ScheduleRecord record(String name) {
        return new ScheduleRecord(
                name, 0, "every:PT1H", ScheduleOptions.DEFAULT, run(null), false, now().plus(HOUR), null);
    }

    private ScheduleRecord stored(String name) {
        return schedules().find(name).orElseThrow();
    }

    private ScheduleRecord put(ScheduleRecord schedule) {
        assertThat(schedules().put(schedule)).isTrue();
        return stored(schedule.name());
    }

    private boolean fire(ScheduleRecord due) {
        Instant tick = due.nextAt();
        return schedules().fire(due, tick.plus(HOUR), due.run().at(due.name(), tick));
    }

    private List<String> due() {
        return schedules().list(now()).stream().map(ScheduleRecord::name).toList();
    }

    @Test
    void aScheduleIsReadAsItWasStored() {
        ScheduleRecord wanted = new ScheduleRecord(
                "nightly \u00fc\ud83c\udf19",
                0,
                "cron:0 3 * * * Europe/Berlin",
                new ScheduleOptions(Overlap.ENQUEUE, Missed.SKIP, Duration.ofNanos(5)),
                run("thread"),
                true,
                now().plusNanos(1),
                new Firing("thread", Firing.requestId("nightly", now())));

        ScheduleRecord read = put(wanted);

        assertThat(read.revision()).isPositive();
        assertThat(read).usingRecursiveComparison().ignoringFields("revision").isEqualTo(wanted);
        ScheduledRun bare = new ScheduledRun(FLOW, null, QUEUE, 0, null, false, Rows.bytes("other config"), null);
        ScheduleRecord changed = new ScheduleRecord(
                wanted.name(), read.revision(), "every:PT1S", ScheduleOptions.DEFAULT, bare, false, null, null);
        assertThat(put(changed))
                .usingRecursiveComparison()
                .ignoringFields("revision")
                .isEqualTo(changed);
    }

    @Test
    void anUnknownScheduleIsNoError() {
        assertThat(schedules().find("none")).isEmpty();
        assertThat(schedules().list(null)).isEmpty();
        assertThat(schedules().delete("none")).isFalse();
        assertThat(schedules().put(record("none").revision(7))).isFalse();
        assertThat(fire(record("none").revision(7))).isFalse();
        assertThat(schedules().find("none")).isEmpty();
        assertThat(listed()).isEmpty();
    }

    @Test
    void schedulesAreListedByNameAndDueOnesByTick() {
        put(record("b").next(now()));
        put(record("a").next(now().plusNanos(1)));
        put(record("c").next(now().minusNanos(1)));
        put(record("paused").next(now()).paused(true));
        put(record("ended").next(null));

        assertThat(schedules().list(null))
                .extracting(ScheduleRecord::name)
                .containsExactly("a", "b", "c", "ended", "paused");
        assertThat(due()).containsExactly("c", "b");
        clock().advance(Duration.ofNanos(1));
        assertThat(due()).containsExactly("c", "b", "a");
    }

    @Test
    void moreDueSchedulesThanAreListedAtOnceAreListedInPages() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= Schedules.MOST_DUE; i++) {
            names.add("s%04d".formatted(i));
            assertThat(schedules().put(record(names.get(i)).next(now().plusNanos(i / 7))))
                    .isTrue();
        }
        Instant then = now().plus(HOUR);

        List<ScheduleRecord> page = schedules().list(then);

        assertThat(page)
                .extracting(ScheduleRecord::name)
                .containsExactlyElementsOf(names.subList(0, Schedules.MOST_DUE));
        assertThat(schedules().list(then, page.get(Schedules.MOST_DUE - 1)))
                .extracting(ScheduleRecord::name)
                .containsExactly(names.get(Schedules.MOST_DUE));
        assertThat(schedules().list(then, page.get(Schedules.MOST_DUE - 8))).hasSize(8);
        assertThat(schedules().list(now(), page.get(3)))
                .extracting(ScheduleRecord::name)
                .containsExactly("s0004", "s0005", "s0006");
    }

    @Test
    void onlyOneOfTwoChangesOfWhatWasReadIsMade() {
        assertThat(schedules().put(record("s"))).isTrue();
        assertThat(schedules().put(record("s").next(null)))
                .as("a new one of a name that is taken")
                .isFalse();
        ScheduleRecord read = stored("s");

        assertThat(schedules().put(read.paused(true))).isTrue();
        assertThat(schedules().put(read.next(null))).isFalse();

        assertThat(stored("s").isPaused()).isTrue();
        assertThat(stored("s").nextAt()).isEqualTo(read.nextAt());
    }

    @Test
    void aFiringHasItsRequestInLineAndTheNextTick() {
        ScheduleRecord due = put(record("s").next(now()));

        assertThat(fire(due)).isTrue();

        Firing firing = new Firing("s/" + now(), "s@" + now());
        assertThat(firing.tick()).isEqualTo(now());
        assertThat(stored("s").nextAt()).isEqualTo(now().plus(HOUR));
        assertThat(stored("s").last()).isEqualTo(firing);
        RequestRow row = row(firing.threadId(), firing.requestId());
        assertThat(row.state()).isEqualTo(RequestState.READY);
        assertThat(row.request())
                .usingRecursiveComparison()
                .isEqualTo(new QueuedRun(
                        firing.threadId(),
                        firing.requestId(),
                        QUEUE,
                        FLOW,
                        3,
                        "key",
                        true,
                        Duration.ZERO,
                        Rows.bytes("config"),
                        Rows.bytes("input")));
        assertThat(due()).isEmpty();
    }

    @Test
    void aTickThatIsLeftOutEnqueuesNothingAndKeepsWhatWasEnqueuedLast() {
        ScheduleRecord due = put(record("s").next(now()));
        assertThat(fire(due)).isTrue();
        Firing last = stored("s").last();

        assertThat(schedules().fire(stored("s"), now().plus(HOUR).plus(HOUR), null))
                .isTrue();

        assertThat(stored("s").last()).isEqualTo(last);
        assertThat(stored("s").nextAt()).isEqualTo(now().plus(HOUR).plus(HOUR));
        assertThat(listed()).containsExactly(last.requestId());
    }

    @Test
    void aScheduleWithoutANextTickStays() {
        ScheduleRecord due = put(record("s").next(now()));

        assertThat(schedules().fire(due, null, due.run().at("s", now()))).isTrue();

        assertThat(stored("s").nextAt()).isNull();
        clock().advance(Duration.ofDays(1_000));
        assertThat(due()).isEmpty();
    }

    @Test
    void aFiringOfWhatWasChangedMeanwhileIsRefusedAndEnqueuesNothing() {
        for (String change : List.of("fired", "paused", "replaced", "deleted", "made again")) {
            ScheduleRecord due = put(record(change).next(now()));
            switch (change) {
                case "fired" ->
                    assertThat(schedules().fire(due, due.nextAt(), null)).isTrue();
                case "paused" -> put(due.paused(true));
                case "replaced" -> put(due);
                default -> assertThat(schedules().delete(change)).isTrue();
            }
            clock().advance(Duration.ofNanos(1));
            if (change.equals("made again")) {
                put(record(change).next(due.nextAt()));
            }
            Optional<ScheduleRecord> before = schedules().find(change);

            assertThat(fire(due)).as(change).isFalse();
            assertThat(schedules().put(due)).as(change).isFalse();

            assertThat(schedules().find(change))
                    .as(change)
                    .usingRecursiveComparison()
                    .isEqualTo(before);
            assertThat(listed()).as(change).isEmpty();
        }
    }

    @Test
    void deletingLeavesWhatWasEnqueued() {
        ScheduleRecord due = put(record("s").next(now()));
        fire(due);

        assertThat(schedules().delete("s")).isTrue();

        assertThat(schedules().find("s")).isEmpty();
        assertThat(listed()).containsExactly("s@" + now());
    }

    @Test
    void firingsOfOneThreadWaitForEachOther() {
        ScheduleRecord due = put(
                new ScheduleRecord("s", 0, "every:PT1H", ScheduleOptions.DEFAULT, run("essay"), false, now(), null));
        Instant first = now();
        fire(due);
        clock().advance(HOUR);
        fire(stored("s"));

        assertThat(state("essay", "s@" + first)).isEqualTo(RequestState.READY);
        assertThat(state("essay", "s@" + first.plus(HOUR))).isEqualTo(RequestState.WAITING);
    }

    @Test
    void aRequestThatIsThereAlreadyIsNotEnqueuedAgainThoughTheScheduleMoves() {
        ScheduleRecord due = put(record("s").next(now()));
        assertThat(queue().enqueue(due.run().at("s", now()), true)).isEqualTo(Enqueued.ADDED);

        assertThat(fire(due)).isTrue();

        assertThat(listed()).containsExactly("s@" + now());
        assertThat(stored("s").last()).isEqualTo(new Firing("s/" + now(), "s@" + now()));
    }

    @Test
    void namesAreAnyText() {
        List<String> names =
                List.of("it's", "a\u0000b", "\u0001", "\u65e5\u672c", "%_", "a@b/c\n", " ", "n".repeat(400));
        for (String name : names) {
            ScheduleRecord due = put(record(name).next(now()));
            assertThat(fire(due)).isTrue();
            assertThat(stored(name).last()).isEqualTo(new Firing(name + "/" + now(), name + "@" + now()));
            assertThat(Firing.schedule(stored(name).last().requestId())).contains(name);
        }

        assertThat(schedules().list(null))
                .extracting(ScheduleRecord::name)
                .containsExactlyElementsOf(names.stream().sorted().toList());
        assertThat(listed())
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> name + "@" + now()).toList());
        assertThat(names).allMatch(name -> schedules().delete(name));
        assertThat(schedules().list(null)).isEmpty();
    }

    @Test
    void workersHearOfAFiring() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        ScheduleRecord due = put(record("s").next(now()));
        AutoCloseable hints = queue().onReady(QUEUE, heard::incrementAndGet);
        try {
            fire(due);
        } finally {
            hints.close();
        }

        assertThat(heard.get()).isPositive();
        assertThat(take(5)).containsExactly("s@" + now());
    }

    @Test
    void contendersFireEachTickOnce() throws Exception {
        put(record("s").next(now()));
        Instant first = now();
        clock().advance(HOUR.multipliedBy(49));

        List<Integer> fired = Contenders.race(4, worker -> {
            int mine = 0;
            for (List<ScheduleRecord> due = schedules().list(now());
                    !due.isEmpty();
                    due = schedules().list(now())) {
                mine += fire(due.get(0)) ? 1 : 0;
            }
            return mine;
        });

        assertThat(fired.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
        assertThat(listed()).hasSize(50).doesNotHaveDuplicates().contains("s@" + first);
        assertThat(stored("s").nextAt()).isEqualTo(first.plus(HOUR.multipliedBy(50)));
    }

    @Test
    void contendersWithDifferentDefinitionsLeaveOneOfThem() throws Exception {
        List<Boolean> stored =
                Contenders.race(4, worker -> schedules().put(record("s").next(now().plusNanos(worker))));

        assertThat(stored).containsOnlyOnce(true);
        assertThat(stored("s").nextAt()).isEqualTo(now().plusNanos(stored.indexOf(true)));
    }
}
