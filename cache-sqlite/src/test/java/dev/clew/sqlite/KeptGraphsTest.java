package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.interrupt.Command;
import dev.clew.sqlite.KeptGraph.Desk;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Threads of a graph in every status, left by an earlier version in a file that is kept, are shown and go on. The file was made
 * by {@link #main} when its schema was the newest; in that of schema 5, each run stored the state in full.
 */
@Timeout(60)
final class KeptGraphsTest {
    private static final List<String> FILES = List.of("graphs-5.sqlite");

    @TempDir
    Path folder;

    private static List<String> notes(String topics) {
        return Stream.of(topics.split("; "))
                .flatMap(topic -> KeptGraph.notes(topic).stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "asks,        INTERRUPTED, asks",
        "asks inside, INTERRUPTED, asks inside",
        "paused,      INTERRUPTED, rain; paused",
        "fails,       FAILED,      rain; fails",
        "crashed,     CRASHED,     hangs",
        "finished,    IDLE,        one; two; three; more",
        "abandoned,   IDLE,        more",
        "failed,      IDLE,        more",
    })
    void threadOfAnEarlierVersionIsShownAndGoesOn(String thread, ThreadStatus status, String topics) throws Exception {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            try (InputStream kept = getClass().getResourceAsStream(name)) {
                Files.copy(kept, file);
            }
            verify(file, thread, status, topics);
        }
    }

    /** The expectations above are those of this version too. */
    @Test
    void threadsOfThisVersionAreWhatTheKeptOnesShouldBe() throws Exception {
        Path file = folder.resolve("new.sqlite");
        fill(file);

        verify(file, "asks inside", ThreadStatus.INTERRUPTED, "asks inside");
        verify(file, "fails", ThreadStatus.FAILED, "rain; fails");
        verify(file, "failed", ThreadStatus.IDLE, "more");
    }

    private static void verify(Path file, String thread, ThreadStatus status, String topics) throws Exception {
        RunConfig config = RunConfig.thread(thread);
        List<String> expected = notes(topics);
        try (Sqlite db = Sqlite.open(file);
                CompiledGraph<String, Desk, Desk> graph = new KeptGraph(false).open(db.checkpointer())) {
            assertThat(graph.workflow().state(config).status()).isEqualTo(status);
            assertThat(graph.workflow().snapshots(thread)).isNotEmpty();
            List<String> before = graph.workflow().snapshot(thread).values().notes();

            Desk now = goOn(graph, config, status);

            assertThat(now.notes().subList(0, before.size())).isEqualTo(before);
            assertThat(now.notes()).endsWith(expected.toArray(String[]::new));
            for (int run = 0; run < 4; run++) {
                graph.workflow().invoke("more", config);
            }
            assertThat(changes(db, thread)).isPositive();
            assertThat(graph.workflow().history(thread))
                    .extracting(HistoryEntry::unreadable)
                    .containsOnlyNulls();
            graph.keepLast(thread, 1);
        }
        try (Sqlite db = Sqlite.open(file);
                CompiledGraph<String, Desk, Desk> graph = new KeptGraph(false).open(db.checkpointer())) {
            List<String> all = new ArrayList<>(expected);
            all.addAll(notes("more; more; more; more"));
            assertThat(graph.workflow().snapshot(thread).values().notes()).endsWith(all.toArray(String[]::new));
        }
    }

    private static long changes(Sqlite db, String thread) {
        return db.checkpointer().checkpoints(CheckpointQuery.of(thread)).stream()
                .filter(checkpoint -> checkpoint.values().containsKey("change"))
                .count();
    }

    private static Desk goOn(CompiledGraph<String, Desk, Desk> graph, RunConfig config, ThreadStatus status) {
        if (status == ThreadStatus.IDLE) {
            return graph.workflow().invoke("more", config).value();
        }
        if (status == ThreadStatus.CRASHED) {
            graph.recover().run(config.threadId().orElseThrow()).orElseThrow().join();
            return graph.workflow().snapshot(config).values();
        }
        Command command = graph.workflow().state(config).pending().isEmpty()
                ? Command.proceed()
                : graph.workflow().state(config).only(KeptGraph.OK).answer(true);
        return graph.workflow().invoke(command, config).value();
    }

    /** Makes the file at the path that is given. */
    public static void main(String[] args) throws Exception {
        fill(Path.of(args[0]));
    }

    private static void fill(Path file) throws Exception {
        try (Sqlite db = Sqlite.open(file);
                CompiledGraph<String, Desk, Desk> graph = new KeptGraph(true).open(db.checkpointer())) {
            pause(graph.workflow().invoke("asks", RunConfig.thread("asks")));
            pause(graph.workflow().invoke("asks inside", RunConfig.thread("asks inside")));
            RunConfig paused = RunConfig.thread("paused");
            graph.workflow().invoke("rain", paused);
            pause(graph.workflow().invoke("paused", paused.pauseBefore(NodeRef.of("end"))));
            graph.workflow().invoke("rain", RunConfig.thread("fails"));
            fail(graph, "fails");
            for (String topic : List.of("one", "two", "three")) {
                graph.workflow().invoke(topic, RunConfig.thread("finished"));
            }
            RunConfig abandoned = RunConfig.thread("abandoned");
            pause(graph.workflow().invoke("asks", abandoned));
            graph.workflow().invoke("rain", abandoned.whenInterrupted(WhenInterrupted.ABANDON));
            fail(graph, "failed");
            fail(graph, "failed");
            graph.workflow().invoke("rain", RunConfig.thread("failed"));
        }
        try (Sqlite db = Sqlite.open(file)) {
            KeptGraph broken = new KeptGraph(true);
            LabGraph dies = LabGraph.builder().checkpointer(db.checkpointer()).build();
            dies.add(broken.spec().workflow()).invokeAsync("hangs", RunConfig.thread("crashed"));
            broken.hangs.await();
            dies.engine().crash();
        }
    }

    private static void pause(RunResult<Desk> result) {
        assertThat(result).isInstanceOf(RunResult.Interrupted.class);
    }

    private static void fail(CompiledGraph<String, Desk, Desk> graph, String thread) {
        assertThatThrownBy(() -> graph.workflow().invoke("fails", RunConfig.thread(thread)))
                .isInstanceOf(WorkflowFailedException.class);
    }
}
