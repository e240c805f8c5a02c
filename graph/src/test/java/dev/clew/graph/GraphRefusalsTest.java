package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.BEST;
import static dev.clew.graph.Research.COUNTS;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.graph.Research.State;
import dev.clew.state.ThreadStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What a graph refuses before it runs, and what it only warns of. */
@Timeout(20)
final class GraphRefusalsTest {
    private static final RunConfig THREAD = RunConfig.thread("t");

    private final Checkpointer store = Checkpointer.inMemory();

    private static GraphSpec.Builder<StateUpdate<State>, State, State> graph(String name) {
        return GraphSpec.of(name, Research.STATE);
    }

    @Test
    void inputThatTheStateRefusesIsRefusedAndNothingIsStored() {
        GraphSpec<StateUpdate<State>, State, State> spec =
                graph("strict").node("a").after(START).leaf(in -> null).build();

        try (var graph = spec.builder().checkpointer(store).build()) {
            assertThatThrownBy(() ->
                            graph.workflow().invoke(changes().add(BEST, 101).update(), THREAD))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("the input of 'strict' cannot be folded")
                    .hasMessageContaining("'best' is refused by the state's constructor")
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> graph.workflow()
                            .invoke(changes().add(COUNTS, "forbidden").update(), THREAD))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("'counts' is given to a reducer that threw");
            assertThat(store.thread("t")).isEmpty();
        }
    }

    @Test
    void inputIsFoldedIntoWhatTheThreadHas() {
        GraphSpec<StateUpdate<State>, State, State> spec =
                graph("base").node("a").after(START).leaf(in -> null).build();

        try (var graph = spec.builder().checkpointer(store).build()) {
            graph.workflow().invoke(changes().add(BEST, 50).update(), THREAD);
            assertThatThrownBy(() ->
                            graph.workflow().invoke(changes().add(BEST, 101).update(), THREAD))
                    .isInstanceOf(RequestRefusedException.class);
            assertThat(graph.workflow().state("t").status()).isEqualTo(ThreadStatus.IDLE);
            assertThat(graph.workflow()
                            .invoke(changes().add(BEST, 60).update(), THREAD)
                            .value()
                            .best())
                    .isEqualTo(60);
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void joinThatStillWaitsAndWritesThatAreDroppedAreLogged() {
        GraphSpec<StateUpdate<State>, State, State> spec = graph("quietly")
                .node("a")
                .after(START)
                .mayGoTo("b", "c")
                .leaf(in -> changes().update().goTo(List.of(Send.to("b"))))
                .node("b")
                .leaf(in -> changes().replace(NOTES, List.of("b")).update())
                .node("c")
                .leaf(in -> null)
                .node("d")
                .after(START)
                .leaf(in -> null)
                .node("e")
                .after("d")
                .leaf(in -> changes().add(NOTES, List.of("e")).update())
                .node("join")
                .afterAll("b", "c")
                .leaf(in -> null)
                .build();

        String logged = logged(() -> {
            try (var graph = spec.builder().checkpointer(store).build()) {
                assertThat(graph.workflow()
                                .invoke(changes().update(), THREAD)
                                .value()
                                .notes())
                        .containsExactly("b");
            }
        });

        assertThat(logged)
                .containsOnlyOnce("superstep 2 of 'quietly' ended the run, and 'join' still waits: only 'b' came")
                .containsOnlyOnce(
                        "superstep 2 of 'quietly': 'notes' was replaced by 'b#1', so what 'e#1' wrote to it in the same");
    }

    private static String logged(Runnable work) {
        PrintStream console = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(console);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
