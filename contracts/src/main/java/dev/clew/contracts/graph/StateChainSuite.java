package dev.clew.contracts.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Operator;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.engine.EngineSuite;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runs of a thread store what they did to the state, and now and then the whole state. */
@Timeout(60)
public abstract class StateChainSuite extends EngineSuite {
    private static final String LINE = "x".repeat(100);

    private Checkpointer store;

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    private CompiledGraph<String, Diary, Diary> open() {
        return over(new SecondDoor(store));
    }

    private CompiledGraph<String, Diary, Diary> over(Checkpointer door) {
        return opened(Diary.graph().builder().checkpointer(door).build());
    }

    private long bytes() {
        return bytes(store.checkpoints(CheckpointQuery.of("t")));
    }

    private static long bytes(List<CheckpointRecord> checkpoints) {
        return checkpoints.stream()
                .flatMap(checkpoint -> checkpoint.values().values().stream())
                .mapToLong(value -> value.length)
                .sum();
    }

    private long full() {
        return store.checkpoints(CheckpointQuery.of("t")).stream()
                .filter(checkpoint -> checkpoint.values().containsKey("saved"))
                .count();
    }

    private static void runs(CompiledGraph<String, Diary, Diary> graph, int runs) {
        IntStream.range(0, runs).forEach(run -> graph.workflow().invoke("note " + LINE, T));
    }

    // --- bytes ---

    @Test
    @Tag("G030")
    void aThreadTakesBytesForWhatItsRunsWroteAndNotForTheStateInEach() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 50);
        long first = bytes();
        runs(graph, 50);
        long second = bytes() - first;
        runs(graph, 100);

        assertThat(bytes()).isLessThan(4L * 200 * (LINE.length() + 1024)).isLessThan(25 * 200L * LINE.length());
        assertThat(bytes() - first - second).isLessThan(3 * (first + second));
        assertThat(full()).isLessThan(20);
        assertThat(graph.workflow().snapshot("t").values().notes()).hasSize(400);
    }

    @Test
    void runsThatFailTakeNoMoreThanThoseThatEnd() {
        CompiledGraph<String, Diary, Diary> graph = open();
        for (int run = 0; run < 100; run++) {
            assertThatThrownBy(() -> graph.workflow().invoke("note " + LINE + "; wish fail", T))
                    .isInstanceOf(WorkflowFailedException.class);
        }

        assertThat(bytes()).isLessThan(4L * 100 * (LINE.length() + 1024));
        assertThat(full()).isLessThan(15);
        assertThat(graph.workflow().invoke("wish nothing", T).value().notes()).hasSize(201);
    }

    @Test
    void updatesByHandTakeNoMoreThanRuns() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 1);
        for (int update = 0; update < 100; update++) {
            graph.workflow().updateState(T, Diary.update("note " + LINE));
        }

        assertThat(bytes()).isLessThan(4L * 100 * (LINE.length() + 1024));
        assertThat(full()).isLessThan(15);
        assertThat(graph.workflow().snapshot("t").values().notes()).hasSize(102);
    }

    @Test
    void openingReadsAtMostThreeTimesTheState() {
        long[] read = {0, 0};
        CompiledGraph<String, Diary, Diary> graph = over(new ForwardingCheckpointer(store) {
            @Override
            public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
                List<CheckpointRecord> found = super.checkpoints(query);
                read[0] += bytes(found);
                read[1] += query.ids().isEmpty() ? 1 : 0;
                return found;
            }
        });
        runs(graph, 1);
        for (int run = 2; run <= 150; run++) {
            long state = run * (LINE.length() + "written".length() + 6L);
            read[0] = 0;
            read[1] = 0;
            graph.workflow().invoke("note " + LINE, T.pauseBefore(NodeRef.of("write")));

            // What is read by its id is the newest checkpoint, or what a small state begins with.
            assertThat(read[0]).as("run " + run).isLessThan(3 * state + 2_000);
            assertThat(read[1]).as("ranges in run " + run).isLessThanOrEqualTo(1);
            graph.workflow().invoke(Command.proceed(), T);
        }
    }

    @Test
    void whatBeginsAnewIsStoredInFull() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 20);
        long before = full();

        graph.workflow().invoke("fresh -; note a", T);

        assertThat(full()).isEqualTo(before + 1);
        assertThat(graph.workflow().snapshot("t").values().notes()).containsExactly("a", "written");
    }

    @Test
    void theOutputIsNotStoredWhereItIsTheState() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 3);

        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .noneSatisfy(checkpoint -> assertThat(checkpoint.values()).containsKey("output"));
        assertThat(graph.workflow().state(T).value())
                .isEqualTo(graph.workflow().snapshot("t").values());
    }

    @Test
    void anOperatorSeesStatesWithoutTheirClasses() {
        CompiledGraph<String, Diary, Diary> graph = open();
        Diary[] states = new Diary[20];
        for (int run = 0; run < states.length; run++) {
            String ops = "note " + LINE + "; last " + run + "; mark " + run + "; tag " + run + "; draft " + run;
            states[run] = graph.workflow().invoke(ops, T).value();
        }
        graph.keepLast("t", 15);

        try (Operator operator = Operator.of(store)) {
            assertThat(operator.state("t").value()).isEqualTo(plain(states[19]));
            List<HistoryEntry<Object>> ends = operator.history("t").stream()
                    .filter(entry -> entry.source() == CheckpointSource.LOOP)
                    .toList();
            assertThat(ends).hasSizeGreaterThanOrEqualTo(15);
            for (int i = 0; i < ends.size(); i++) {
                assertThat(ends.get(i).value()).isEqualTo(plain(states[19 - i]));
            }
        }
    }

    private static Object plain(Diary diary) {
        JsonCodec json = JsonCodec.standard();
        return json.decode(json.encode(diary, TypeRef.of(Diary.class)), TypeRef.of(Object.class));
    }

    // --- retention ---

    @Test
    void retentionDeletesLogsAndKeepsWhatTheStateIsMadeOf() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        Diary state = graph.workflow().snapshot("t").values();

        assertThat(graph.keepLast("t", 2)).isEqualTo(28);

        assertThat(graph.keepLast("t", 2)).isZero();
        assertThat(open().workflow().snapshot("t").values()).isEqualTo(state);
        assertThat(graph.workflow().snapshots("t"))
                .allSatisfy(snapshot -> assertThat(snapshot.values().notes()).hasSizeGreaterThan(55));
        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .filteredOn(checkpoint -> checkpoint.runId() == null)
                .isNotEmpty()
                .allSatisfy(left -> assertThat(left.source()).isEqualTo(CheckpointSource.LOOP));
        runs(graph, 1);
        assertThat(graph.workflow().snapshot("t").values().notes()).hasSize(62);
    }

    @Test
    void whatRetentionKeptIsAValueThatCanBeReadAndForked() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        graph.keepLast("t", 1);

        List<HistoryEntry<Diary>> left = graph.workflow().history("t").stream()
                .filter(entry -> entry.runId() == null)
                .toList();
        RunConfig middle = left.get(left.size() / 2).config();
        Diary value = left.get(left.size() / 2).value();

        assertThat(value.notes()).hasSizeBetween(10, 56);
        assertThat(graph.workflow().state(middle).value()).isEqualTo(value);
        assertThat(graph.workflow().snapshot(middle).values()).isEqualTo(value);
        graph.workflow().fork(middle);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value);
        assertThat(graph.workflow().invoke("note a", T).value()).isEqualTo(value.then("note a; note written; add 1"));
        assertThat(graph.workflow().invoke("note b", middle).value())
                .isEqualTo(value.then("note b; note written; add 1"));
        assertThat(graph.keepLast("t", 1)).isEqualTo(2);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value.then("note b; note written; add 1"));
    }

    /** What a run was opened with stays, as the checkpoint of a run that failed does. */
    @Test
    void whatRetentionKeptOfRunsThatFailedIsAValueToo() {
        CompiledGraph<String, Diary, Diary> graph = open();
        for (int run = 0; run < 30; run++) {
            assertThatThrownBy(() -> graph.workflow().invoke("note " + LINE + "; wish fail", T))
                    .isInstanceOf(WorkflowFailedException.class);
        }
        graph.keepLast("t", 1);

        List<HistoryEntry<Diary>> left = graph.workflow().history("t").stream()
                .filter(entry -> entry.runId() == null)
                .toList();
        RunConfig middle = left.get(left.size() / 2).config();
        Diary value = left.get(left.size() / 2).value();

        assertThat(value.notes()).hasSizeBetween(10, 56);
        assertThat(graph.workflow().state(middle).value()).isEqualTo(value);
        assertThat(graph.workflow().snapshot(middle).values()).isEqualTo(value);
        assertThat(graph.workflow().invoke("note b; wish nothing", middle).value())
                .isEqualTo(value.then("note b; wish nothing; note written; add 1"));
        graph.workflow().updateState(middle, Diary.update("note c"));
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value.then("note c"));
        graph.workflow().fork(middle);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value);
        graph.keepLast("t", 1);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value);
    }

    @Test
    void whatRetentionKeptGoesWhenNothingNeedsItAnyMore() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        graph.keepLast("t", 1);
        graph.workflow().invoke("fresh -; note a", T);
        runs(graph, 1);

        graph.keepLast("t", 1);

        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .filteredOn(checkpoint -> checkpoint.runId() == null)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(graph.workflow().snapshot("t").values().notes()).containsExactly("a", "written", LINE, "written");
    }

    @Test
    void aCopyHasAllThatItsStateIsMadeOf() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        graph.keepLast("t", 1);
        graph.copyThread("t", "copy");
        graph.deleteThread("t");

        assertThat(graph.workflow().snapshot("copy").values().notes()).hasSize(60);
        assertThat(graph.workflow()
                        .invoke("tag a", RunConfig.thread("copy"))
                        .value()
                        .notes())
                .hasSize(61);
    }

    // --- damage ---

    @Test
    void aMissingLinkIsNamed() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        ThreadRecord row = store.thread("t").orElseThrow();
        String run = store.checkpoints(CheckpointQuery.of("t")).get(4).runId();
        store.delete(Deletion.runs("t", row.epoch(), Set.of(String.valueOf(run))));

        assertThatThrownBy(() -> graph.workflow().invoke("note a", T))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("which is not there; the database is damaged");
    }
}
