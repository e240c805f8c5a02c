package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.TOPIC;
import static dev.clew.graph.Research.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.Research.State;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.value.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of versions that stored the whole state and the output with each run go on, and store changes from then on. */
@Timeout(20)
final class StoredInFullTest {
    private static final RunConfig THREAD = RunConfig.thread("t");

    private final Checkpointer store = Checkpointer.inMemory();

    private static GraphSpec<String, State, State> spec() {
        return GraphSpec.of("notes", Research.STATE)
                .input(String.class, topic -> changes().set(TOPIC, topic).update())
                .node("write")
                .after(START)
                .leaf(in -> {
                    if (in.state().topic().equals("fails")) {
                        throw new IllegalStateException("as wished");
                    }
                    return changes()
                            .add(NOTES, List.of("n".repeat(50) + in.state().topic()))
                            .update();
                })
                .build();
    }

    /** The graph as it was described before there were changes. */
    private static final class Before extends Graph {
        private final Workflow<String, State> workflow;

        Before(Wiring wiring) {
            super(wiring);
            WorkflowSpec<String, State> now = new GraphDriver<>(spec()).workflow();
            TypeRef<StateValues> values = Research.STATE.valuesType();
            workflow = workflow(WorkflowSpec.of(now.name(), now.inputType(), now.outputType())
                    .saves(values)
                    .previous(values)
                    .tasks(now.tasks().toArray(TaskSpec<?>[]::new))
                    .carries(now.carries().orElseThrow())
                    .body(now.body()));
        }
    }

    private List<CheckpointRecord> checkpoints(String value) {
        return store.checkpoints(CheckpointQuery.of("t")).stream()
                .filter(checkpoint -> checkpoint.values().containsKey(value))
                .toList();
    }

    @Test
    void theyGoOnAndStoreChanges() {
        try (Before before = GraphBuilder.of(Before::new).checkpointer(store).build()) {
            for (int run = 0; run < 10; run++) {
                before.workflow.invoke("before", THREAD);
            }
            assertThatThrownBy(() -> before.workflow.invoke("fails", THREAD))
                    .isInstanceOf(WorkflowFailedException.class);
            RunResult<State> parked = before.workflow.invoke("parked", THREAD.pauseBefore(NodeRef.of("write")));
            assertThat(parked).isInstanceOf(RunResult.Interrupted.class);
        }
        assertThat(checkpoints("saved")).hasSize(11);
        assertThat(checkpoints("output")).hasSize(10);

        try (var now = spec().builder().checkpointer(store).build()) {
            assertThat(now.workflow().invoke(Command.proceed(), THREAD).value().notes())
                    .hasSize(11);
            for (int run = 0; run < 5; run++) {
                now.workflow().invoke("now", THREAD);
            }

            assertThat(now.workflow().snapshot("t").values().notes()).hasSize(16);
            assertThat(now.workflow().history("t"))
                    .allSatisfy(entry -> assertThat(entry.unreadable()).isNull());
            assertThat(now.workflow()
                            .snapshots("t")
                            .filter(snapshot -> snapshot.next().isEmpty())
                            .map(snapshot -> snapshot.values().notes().size()))
                    .containsExactly(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        }
        assertThat(checkpoints("output")).hasSize(10);
        assertThat(checkpoints("change")).hasSizeGreaterThan(3);
    }
}
