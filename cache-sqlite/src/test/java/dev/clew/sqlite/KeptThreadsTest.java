package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RecoveredRun;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.sqlite.KeptProgram.Order;
import dev.clew.sqlite.KeptProgram.Verdict;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Threads in every status, parked by an earlier version in a file that is kept, are shown and continued. The file was made
 * by {@link #main} when its schema was the newest.
 */
@Timeout(60)
final class KeptThreadsTest {
    private static final List<String> FILES = List.of("threads-3.sqlite", "threads-4.sqlite");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "asks,            INTERRUPTED, asks 1 true fine end",
        "asks async,      INTERRUPTED, asks 1 true fine end",
        "asks exit,       INTERRUPTED, asks 1 true fine end",
        "asks twice,      INTERRUPTED, asks twice 1 false no true fine end",
        "asks in a task,  INTERRUPTED, asks in a task 1 true fine end",
        "sleeps,          SLEEPING,    sleeps 1 awake end",
        "fails,           FAILED,      fails 1 2 end",
        "crashed,         CRASHED,     hangs 1 2 end",
        "differs,         BLOCKED,     differs 1 2 true fine end",
        "stuck,           STUCK,       hangs 1 2 end",
        "cancelled,       CANCELLED,   ",
        "idle,            IDLE,        races 1 2 true end",
        "abandoned,       IDLE,        races 1 2 true end",
    })
    void threadOfAnEarlierVersionIsShownAndContinued(String thread, ThreadStatus status, String value)
            throws Exception {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            try (InputStream kept = getClass().getResourceAsStream(name)) {
                Files.copy(kept, file);
            }
            verify(file, thread, status, value);
        }
    }

    /** The expectations above are those of this version too. */
    @Test
    void threadsOfThisVersionAreWhatTheKeptOnesShouldBe() throws Exception {
        Path file = folder.resolve("new.sqlite");
        fill(file);

        verify(file, "asks twice", ThreadStatus.INTERRUPTED, "asks twice 1 false no true fine end");
        verify(file, "differs", ThreadStatus.BLOCKED, "differs 1 2 true fine end");
        verify(file, "abandoned", ThreadStatus.IDLE, "races 1 2 true end");
    }

    /** A fork or a copy may have stored the runs in another order. */
    @Test
    void runsOfAnEarlierVersionAreNumberedInTheOrderOfTheirOpenings() throws Exception {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            try (InputStream kept = getClass().getResourceAsStream(name)) {
                Files.copy(kept, file);
            }
            try (Sqlite db = Sqlite.open(file)) {
                assertThat(numbers(db.checkpointer(), "idle")).containsExactly(1);
                assertThat(numbers(db.checkpointer(), "abandoned")).containsExactly(1, 2);
                assertThat(db.checkpointer().thread("abandoned").orElseThrow().runs())
                        .isEqualTo(2);
            }
        }
    }

    private static List<Integer> numbers(Checkpointer store, String thread) {
        return store.checkpoints(CheckpointQuery.of(thread)).stream()
                .sorted(Comparator.comparing(CheckpointRecord::id))
                .map(CheckpointRecord::runId)
                .filter(Objects::nonNull)
                .distinct()
                .map(run -> store.run(thread, run).orElseThrow().number())
                .toList();
    }

    private static void verify(Path file, String thread, ThreadStatus status, String value) {
        RunConfig config = RunConfig.thread(thread);
        try (Sqlite db = Sqlite.open(file);
                Lab lab = lab(db, Durability.SYNC, false)) {
            ThreadState<String> state = lab.workflow().state(config);
            assertThat(state.status()).isEqualTo(status);
            assertThat(state.steps()).anyMatch(step -> step.name().equals("one"));
            assertThat(lab.workflow().history(config)).isNotEmpty();
            if (status == ThreadStatus.CANCELLED) {
                assertThat(lab.workflow().invoke("races", config).value()).isEqualTo("races 1 2 true end");
                return;
            }
            RunResult<?> result = status == ThreadStatus.INTERRUPTED ? answer(lab, config) : resume(lab, thread);
            while (result instanceof RunResult.Interrupted<?>) {
                result = answer(lab, config);
            }
            assertThat(result.value()).isEqualTo(value);
            assertThat(lab.ran("one")).as("finished tasks do not run again").isZero();
        }
    }

    /** Recovers what recover() takes; proceeds with what it leaves to people. */
    private static RunResult<?> resume(Lab lab, String thread) {
        Optional<RecoveredRun> recovered = lab.graph().recover().run(thread);
        return recovered.isPresent()
                ? recovered.get().join()
                : lab.workflow().invoke(Command.proceed(), RunConfig.thread(thread));
    }

    private static RunResult<String> answer(Lab lab, RunConfig config) {
        PendingInterrupt<Order, Verdict> question = lab.workflow().state(config).only(KeptProgram.REVIEW);
        assertThat(question.value().item()).contains(" 1");
        return lab.workflow().invoke(question.answer(new Verdict(true, "fine")), config);
    }

    private static Lab lab(Sqlite db, Durability durability, boolean broken) {
        KeptProgram program = new KeptProgram(broken);
        return new Lab(db.checkpointer(), durability)
                .options(graph -> graph.parkAfter(Duration.ZERO))
                .body(program::run);
    }

    /** Makes the file at the path that is given. */
    public static void main(String[] args) throws Exception {
        fill(Path.of(args[0]));
    }

    private static void fill(Path file) throws Exception {
        try (Sqlite db = Sqlite.open(file)) {
            crash(db, "stuck", 5); // first, since recover() takes every thread
            pause(db, Durability.SYNC, "asks", "asks");
            pause(db, Durability.ASYNC, "asks async", "asks");
            pause(db, Durability.EXIT, "asks exit", "asks");
            pause(db, Durability.SYNC, "asks twice", "asks twice");
            pause(db, Durability.SYNC, "asks in a task", "asks in a task");
            pause(db, Durability.SYNC, "differs", "differs");
            pause(db, Durability.SYNC, "abandoned", "asks");
            try (Lab lab = lab(db, Durability.SYNC, true)) {
                RunConfig twice = RunConfig.thread("asks twice");
                PendingInterrupt<Order, Verdict> question =
                        lab.workflow().state(twice).only(KeptProgram.REVIEW);
                lab.workflow().invoke(question.answer(new Verdict(false, "no")), twice);
                PendingInterrupt<Order, Verdict> lost =
                        lab.workflow().state(RunConfig.thread("differs")).only(KeptProgram.REVIEW);
                Verdict fine = new Verdict(true, "fine");
                assertThat(catchThrowable(() -> lab.workflow().invoke(lost.answer(fine), RunConfig.thread("differs"))))
                        .isNotNull();
                lab.workflow().invoke("races", RunConfig.thread("abandoned").whenInterrupted(WhenInterrupted.ABANDON));
                lab.workflow().invoke("races", RunConfig.thread("idle"));
                assertThat(catchThrowable(() -> lab.workflow().invoke("fails", RunConfig.thread("fails"))))
                        .isNotNull();
                cancel(lab);
                lab.workflow().invokeAsync("sleeps", RunConfig.thread("sleeps"));
                waitFor(lab, "sleeps", ThreadStatus.SLEEPING);
            }
            crash(db, "crashed", 0);
        }
    }

    private static void pause(Sqlite db, Durability durability, String thread, String input) {
        try (Lab lab = lab(db, durability, true)) {
            assertThat(lab.workflow().invoke(input, RunConfig.thread(thread)))
                    .isInstanceOf(RunResult.Interrupted.class);
        }
    }

    private static void cancel(Lab lab) {
        RunConfig config = RunConfig.thread("cancelled");
        long before = lab.ran("two");
        lab.workflow().invokeAsync("hangs", config);
        Eventually.until(() -> lab.ran("two") > before);
        lab.workflow().cancel(config);
        waitFor(lab, "cancelled", ThreadStatus.CANCELLED);
    }

    /** Leaves a run as its process's death leaves it, and as it is after so many recoveries that died likewise. */
    private static void crash(Sqlite db, String thread, int recoveries) {
        Lab lab = lab(db, Durability.SYNC, true);
        lab.workflow().invokeAsync("hangs", RunConfig.thread(thread));
        Eventually.until(() -> lab.ran("two") == 1);
        for (int claim = 1; claim <= recoveries; claim++) {
            lab.crash();
            int executions = claim + 1;
            lab.graph().recover();
            Eventually.until(() -> lab.ran("two") == executions);
        }
        if (recoveries > 0) {
            lab.crash();
            assertThat(catchThrowable(() ->
                            lab.graph().recover().run(thread).orElseThrow().join()))
                    .isNotNull();
            lab.close();
        } else {
            lab.graph().engine().crash();
        }
    }

    private static void waitFor(Lab lab, String thread, ThreadStatus status) {
        Eventually.until(() -> lab.workflow().state(RunConfig.thread(thread)).status() == status);
    }
}
