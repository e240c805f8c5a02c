package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.flow.Durability;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workflows in processes that are killed or stopped, and go on in others. */
@Timeout(120)
final class KilledWorkflowTest {
    private static final WorkingProcess.Watcher UNWATCHED = new WorkingProcess.Watcher() {};
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final List<String> ALL =
            IntStream.range(0, WorkingProcess.STEPS).mapToObj(i -> "s" + i).toList();

    @TempDir
    Path folder;

    private ThreadState<String> state() {
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = WorkingProcess.lab(db, Durability.SYNC, folder, LEASE, UNWATCHED)) {
            return lab.workflow().state(WorkingProcess.THREAD);
        }
    }

    private Set<String> durable() {
        Set<String> done = new HashSet<>();
        for (StepState step : state().steps()) {
            assertThat(step.status()).isEqualTo(StepState.Status.SUCCEEDED);
            done.add(step.name());
        }
        return done;
    }

    /** @param waitsIn the step before whose effect the program waits for a line */
    private Child start(Durability durability, String... waitsIn) throws Exception {
        return start(Long.toString(LEASE.toMillis()), durability, waitsIn);
    }

    private Child start(String lease, Durability durability, String... waitsIn) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), durability.name(), lease));
        arguments.addAll(List.of(waitsIn));
        return Child.start(WorkingProcess.class, arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    @Tag("B200")
    void runNoStepTwiceWhoseSuccessWasDurable(Durability durability) throws Exception {
        Random random = new Random();
        Set<String> durable = new HashSet<>();
        for (int life = 0; life < 3; life++) {
            Set<String> observed = new HashSet<>();
            try (Child child = start(durability, WorkingProcess.LAST)) {
                for (int lines = 1 + random.nextInt(12); lines > 0; lines--) {
                    observed.add(child.line());
                }
                child.kill();
            }
            Set<String> before = durable;
            durable = durable();
            assertThat(durable).containsAll(before);
            assertThat(durable).containsExactlyInAnyOrderElementsOf(ALL.subList(0, durable.size()));
            if (durability == Durability.SYNC) {
                assertThat(durable).containsAll(observed);
            }
            assertThat(state().status()).isEqualTo(ThreadStatus.CRASHED);
            assertOnce(durable);
        }

        try (Child last = start(durability)) {
            List<String> lines = new ArrayList<>(last.rest());
            assertThat(lines.get(lines.size() - 1)).isEqualTo("value x done");
        }
        assertOnce(durable);
        assertThat(state().status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(WorkingProcess.effects(folder)).containsAll(ALL);
    }

    /** Killed at any moment, there is all that led to an exit point, or what there was before, and nothing in between. */
    @Test
    @Tag("B200")
    @Tag("B201")
    void exitModeLeavesAllOfAnExitPointOrNothing() throws Exception {
        Random random = new Random();
        Set<Integer> seenPauses = new TreeSet<>();
        for (int life = 0; life < 8; life++) {
            Files.deleteIfExists(folder.resolve("effects"));
            deleteThread();
            int first = killedAfter(life == 0 ? WorkingProcess.STEPS : lateIn(WorkingProcess.ASKING, random));
            ThreadState<String> paused = exitState();
            assertThat(first).isIn(0, WorkingProcess.ASKING + 1);
            assertThat(paused.status()).isEqualTo(first == 0 ? ThreadStatus.IDLE : ThreadStatus.INTERRUPTED);
            seenPauses.add(first);
            if (first == 0) {
                assertThat(paused.runId()).isNull();
                continue;
            }
            int second = killedAfter(life == 0 ? 2 * WorkingProcess.STEPS : lateIn(WorkingProcess.STEPS, random));
            ThreadState<String> done = exitState();
            assertThat(second).isIn(first, WorkingProcess.STEPS + 1);
            boolean over = second > first;
            assertThat(done.status()).isEqualTo(over ? ThreadStatus.IDLE : ThreadStatus.INTERRUPTED);
            assertThat(done.pending()).hasSize(over ? 0 : 1);
            assertThat(done.value()).isEqualTo(over ? "x done" : null);
        }
        assertThat(seenPauses).contains(WorkingProcess.ASKING + 1);
    }

    /** Around the line before an exit point is told, and a little beyond. */
    private static int lateIn(int steps, Random random) {
        return steps - random.nextInt(2);
    }

    /** Kills a life after so many lines or at its end, at once or a moment later; gives how many steps are stored. */
    private int killedAfter(int lines) throws Exception {
        try (Child child =
                Child.start(WorkingProcess.class, folder.toString(), "EXIT", Long.toString(LEASE.toMillis()), "asks")) {
            String line = "";
            for (int i = 0; i < lines && line != null && !line.startsWith("paused"); i++) {
                line = child.line();
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000));
            child.kill();
        }
        return exitState().steps().size();
    }

    private ThreadState<String> exitState() {
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = WorkingProcess.lab(db, Durability.EXIT, folder, LEASE, UNWATCHED)) {
            return lab.workflow().state(WorkingProcess.THREAD);
        }
    }

    private void deleteThread() {
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = WorkingProcess.lab(db, Durability.EXIT, folder, LEASE, UNWATCHED)) {
            lab.graph().deleteThread("work");
        }
    }

    /** Durable steps never again: what is done twice was not durable when its process died. */
    private void assertOnce(Set<String> durable) throws Exception {
        List<String> effects = WorkingProcess.effects(folder);
        for (String step : durable) {
            int times = Collections.frequency(effects, step);
            assertThat(times).as(step).isGreaterThanOrEqualTo(1);
            seen.merge(step, times, (was, is) -> {
                assertThat(is).as(step + " after it was durable").isEqualTo(was);
                return was;
            });
        }
    }

    private final Map<String, Integer> seen = new HashMap<>();

    @Test
    void shutOutTheirZombieOnceTheirLeaseRanOut() throws Exception {
        try (Child zombie = start("2000", Durability.SYNC, WorkingProcess.PAUSED);
                Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = WorkingProcess.lab(db, Durability.SYNC, folder, LEASE, UNWATCHED)) {
            while (!zombie.line().equals("s2")) {
                Thread.onSpinWait();
            }
            zombie.signal("STOP"); // it holds no lock of the file: it waits in its next step
            assertThat(lab.graph().recover().runs()).isEmpty();
            Eventually.until(() -> lab.workflow().state(WorkingProcess.THREAD).status() == ThreadStatus.CRASHED);

            String value = String.valueOf(
                    lab.graph().recover().run("work").orElseThrow().join().value());
            zombie.signal("CONT");
            zombie.go();
            List<String> lines = zombie.rest();

            assertThat(value).isEqualTo("x done");
            // Its own watchdog, or the store: whichever looks first after the process was stopped.
            assertThat(lines.get(lines.size() - 1)).isIn("failed CheckpointException", "failed LeaseLostException");
            assertThat(lab.workflow().state(WorkingProcess.THREAD).value()).isEqualTo("x done");
            assertThat(lab.workflow().state(WorkingProcess.THREAD).steps()).hasSize(WorkingProcess.STEPS);
        }
    }
}
