package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunStream;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run of another process, watched through the file. */
@Timeout(120)
final class WatchedProcessTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    /** The process that works, at rest in its fourth step. */
    private Child working(Durability durability) throws Exception {
        Child child = Child.start(
                WorkingProcess.class,
                folder.toString(),
                durability.name(),
                Long.toString(LEASE.toMillis()),
                WorkingProcess.PAUSED);
        for (String line = child.line(); !"s2".equals(line); line = child.line()) {
            assertThat(line).startsWith("s");
        }
        return child;
    }

    private Lab lab(Sqlite db) {
        return WorkingProcess.lab(db, Durability.SYNC, folder, LEASE, new WorkingProcess.Watcher() {});
    }

    private static List<String> updates(List<StreamEvent> events) {
        return events.stream()
                .filter(StreamEvent.Update.class::isInstance)
                .map(event -> ((StreamEvent.Update) event).name() + "=" + ((StreamEvent.Update) event).value())
                .toList();
    }

    private static List<String> steps(int from) {
        List<String> expected = new ArrayList<>(IntStream.range(from, WorkingProcess.STEPS)
                .mapToObj(i -> "s" + i + "=s" + i)
                .toList());
        expected.add("Lab.run=x done");
        return expected;
    }

    @Test
    void isSeenStepByStepFromNowOn() throws Exception {
        try (Child child = working(Durability.SYNC);
                Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = lab(db);
                RunStream<String> stream =
                        lab.workflow().watch("work", StreamMode.UPDATES, StreamMode.TASKS, StreamMode.CHECKPOINTS)) {
            child.go();
            List<StreamEvent> events = new ArrayList<>();
            stream.forEach(events::add);

            assertThat(updates(events)).isEqualTo(steps(3));
            assertThat(events)
                    .filteredOn(StreamEvent.TaskEnded.class::isInstance)
                    .hasSize(WorkingProcess.STEPS - 2);
            assertThat(events.get(events.size() - 1)).isInstanceOf(StreamEvent.Checkpointed.class);
            assertThat(stream.result().value()).isEqualTo("x done");
            assertThat(lab.ran()).isEmpty();
        }
    }

    @Test
    void isSeenAtItsEndWhereItKeepsItsLogToItself() throws Exception {
        try (Child child = working(Durability.EXIT);
                Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = lab(db);
                RunStream<String> stream = lab.workflow().watch("work")) {
            child.go();
            List<StreamEvent> events = new ArrayList<>();
            stream.forEach(events::add);

            assertThat(updates(events)).isEqualTo(steps(0));
        }
    }

    @Test
    void isKnownToBeGoneOnceItIsKilledAndSeenAgainWhereItGoesOn() throws Exception {
        try (Child child = working(Durability.SYNC);
                Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = lab(db)) {
            RunStream<String> stream = lab.workflow().watch("work");
            child.kill();

            assertThat(catchThrowable(() -> stream.iterator().hasNext()))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("recover()");
            assertThat(catchThrowable(() -> lab.workflow().watch("work")))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining(ThreadStatus.CRASHED.name());

            try (Child next = Child.start(
                    WorkingProcess.class,
                    folder.toString(),
                    "SYNC",
                    Long.toString(LEASE.toMillis()),
                    WorkingProcess.PAUSED)) {
                for (String line = next.line(); !"s2".equals(line); line = next.line()) {
                    assertThat(line).startsWith("s");
                }
                try (RunStream<String> again = lab.workflow().watch("work")) {
                    next.go();
                    List<StreamEvent> events = new ArrayList<>();
                    again.forEach(events::add);

                    assertThat(updates(events)).isEqualTo(steps(3));
                }
            }
        }
    }
}
