package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.EngineSuite;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunResult;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.InterruptKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;

/** What suites of graphs share: a store that every graph of a test is built over, as processes share a database. */
abstract class GraphSuite extends EngineSuite {
    static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    private Checkpointer store;

    /** What ran, in its order; not what was replayed. */
    final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    /** Whether {@code work} fails. */
    final AtomicBoolean broken = new AtomicBoolean();

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    Checkpointer store() {
        return store;
    }

    /** The graph on the shared store, closed after the test; a second one is another process. */
    <O> GraphWorkflow<String, O, Essay> open(GraphSpec<String, O, Essay> spec) {
        CompiledGraph<String, O, Essay> graph =
                opened(spec.builder().checkpointer(new SecondDoor(store)).build());
        return graph.workflow();
    }

    static GraphSpec.Builder<String, Essay, Essay> graph(String name) {
        return GraphSpec.of(name, Essay.STATE).input(String.class, Essay::topic);
    }

    /** {@code plan}, then {@code write}, then {@code polish}: each appends its name. */
    GraphSpec<String, Essay, Essay> line() {
        return graph("line")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("write")
                .after("plan")
                .leaf(in -> note("write"))
                .node("polish")
                .after("write")
                .leaf(in -> note("polish"))
                .build();
    }

    /** {@code plan}, then {@code work}, {@code ask} and {@code rest} side by side, then {@code join}. */
    GraphSpec<String, Essay, Essay> fork() {
        return graph("fork")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("work")
                .after("plan")
                .leaf(in -> {
                    if (broken.get()) {
                        throw new IOException("work is broken");
                    }
                    return note("work");
                })
                .node("ask")
                .after("plan")
                .scope(in -> in.interrupt(OK, "sure?") ? note("yes") : note("no"))
                .node("rest")
                .after("plan")
                .leaf(in -> note("rest"))
                .node("join")
                .afterAll("work", "ask", "rest")
                .leaf(in -> note("join"))
                .build();
    }

    StateUpdate<Essay> note(String text) {
        ran.add(text);
        return Essay.note(text);
    }

    static NodeRef node(String id) {
        return NodeRef.of(id);
    }

    static <O> RunResult.Interrupted<O> paused(RunResult<O> result) {
        return (RunResult.Interrupted<O>) result;
    }

    /** {@code work SUCCEEDED}. */
    static List<String> tasks(StateSnapshot<?> snapshot) {
        return snapshot.tasks().stream()
                .map(task -> task.node() + " " + task.status())
                .toList();
    }
}
