package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cache.TaskCache;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.Send;
import dev.clew.interrupt.Command;
import dev.clew.task.CachePolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Edits keep the order of nodes that lead to themselves, wait, or are kept in a cache. */
@Timeout(20)
public abstract class EditOrderSuite extends GraphSuite {
    private final AtomicInteger rounds = new AtomicInteger();

    private static RunConfig at(GraphWorkflow<?, ?, Essay> workflow, int superstep) {
        return workflow.snapshots("t")
                .filter(snapshot -> snapshot.superstep() == superstep)
                .findFirst()
                .orElseThrow()
                .config();
    }

    // --- nodes that lead to themselves ---

    private GraphSpec<String, Essay, Essay> loop() {
        return graph("loop")
                .node("again")
                .after(START)
                .mayGoTo("again", "end")
                .leaf(in -> note("again").goTo(List.of(Send.to(rounds.incrementAndGet() < 3 ? "again" : "end"))))
                .node("end")
                .leaf(in -> note("end"))
                .build();
    }

    @Test
    @Tag("G099")
    void anUpdateAsTheLastNodeThatIsDueAgainIsFoldedBeforeIt() {
        GraphSpec<String, Essay, Essay> spec = graph("circle")
                .node("again")
                .afterAny(START, "again")
                .leaf(in -> note("again"))
                .build();
        GraphWorkflow<String, Essay, Essay> circle = open(spec);
        paused(circle.invoke("rain", T.pauseAfter(node("again"))));

        circle.updateState(T, Essay.note("by hand"));

        assertThat(circle.snapshot("t").next()).containsExactly("again");
        paused(open(spec).invoke(Command.proceed(), T.pauseAfter(node("again"))));
        assertThat(circle.snapshot("t").values().notes()).containsExactly("again", "by hand", "again");
        circle.updateState(T, Essay.note("twice"));
        circle.updateState(T, Essay.note("thrice"));
        paused(open(spec).invoke(Command.proceed(), T.pauseAfter(node("again"))));
        assertThat(circle.snapshot("t").values().notes())
                .containsExactly("again", "by hand", "again", "twice", "thrice", "again");
    }

    @Test
    void aRoutingNodeThatIsDueAgainMayBeForkedAndFilledAgain() {
        GraphWorkflow<String, Essay, Essay> loop = open(loop());
        paused(loop.invoke("rain", T.pauseBefore(node("again"))));
        paused(loop.invoke(Command.proceed(), T));

        loop.updateState(T, Essay.note("filled").goTo(List.of(Send.to("again"))), node("again"));
        assertThat(loop.snapshot("t").next()).containsExactly("again");
        loop.fork(at(loop, 1));
        assertThat(loop.invoke(Command.proceed(), T).value().notes()).containsExactly("again", "again", "again", "end");
    }

    @Test
    @Tag("G100")
    void allExecutionsAreFilledOneAfterTheOther() {
        GraphSpec<String, Essay, Essay> spec = graph("sends")
                .node("plan")
                .after(START)
                .mayGoTo("search")
                .leaf(in -> Essay.note("plan")
                        .goTo(List.of(
                                Send.to("search", new Essay.Query("a")),
                                Send.to("search", new Essay.Query("b")),
                                Send.to("search", new Essay.Query("c")))))
                .node("search")
                .takes(Essay.Query.class)
                .mayGoTo("search")
                .mayEnd()
                .leaf(in -> note(in.sent().text())
                        .goTo(
                                in.sent().text().equals("b")
                                        ? List.of(Send.to("search", new Essay.Query("d")))
                                        : List.<Send>of()))
                .build();
        GraphWorkflow<String, Essay, Essay> sends = open(spec);
        paused(sends.invoke("rain", T.pauseBefore(node("search"))));

        sends.updateState(
                T, Essay.note("C").goTo(List.<Send>of()), node("search").at(2));
        sends.updateState(
                T, Essay.note("A").goTo(List.<Send>of()), node("search").at(0));
        assertThat(tasks(sends.snapshot("t"))).containsExactly("search SUCCEEDED", "search DUE", "search SUCCEEDED");
        RunResult.Interrupted<Essay> later =
                paused(open(spec).invoke(Command.proceed(), T.pauseBefore(node("search"))));
        assertThat(later.breakpoint()).containsExactly(node("search"));

        assertThat(open(spec).invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "A", "b", "C", "d");
        assertThat(ran).containsExactly("b", "d");
    }

    // --- deferred nodes and joins ---

    @Test
    void aDeferredNodeThatIsDueRunsOnceAfterAnUpdateThatLeadsToItAgain() {
        GraphSpec<String, Essay, Essay> spec = graph("deferred")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("last")
                .after("plan")
                .defer()
                .leaf(in -> note("last"))
                .build();
        GraphWorkflow<String, Essay, Essay> deferred = open(spec);
        paused(deferred.invoke("rain", T.pauseBefore(node("last"))));

        deferred.updateState(T, Essay.note("by hand"));

        assertThat(deferred.snapshot("t").next()).containsExactly("last");
        assertThat(deferred.invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "by hand", "last");
    }

    @Test
    void aJoinThatWaitsKeepsItsArrivalsOverAnEdit() {
        GraphSpec<String, Essay, Essay> spec = graph("joins")
                .node("short")
                .after(START)
                .leaf(in -> note("short"))
                .node("long")
                .after(START)
                .leaf(in -> note("long"))
                .node("longer")
                .after("long")
                .leaf(in -> note("longer"))
                .node("end")
                .afterAll("short", "longer")
                .leaf(in -> note("end"))
                .build();
        GraphWorkflow<String, Essay, Essay> joins = open(spec);
        paused(joins.invoke("rain", T.pauseBefore(node("longer"))));
        assertThat(joins.snapshot("t").waitingJoins()).hasSize(1);

        joins.updateState(T, Essay.note("x"), node("short"));
        joins.updateState(T, Essay.note("y"), node("long"));

        assertThat(joins.snapshot("t").next()).containsExactly("longer");
        assertThat(joins.snapshot("t").waitingJoins()).hasSize(1);
        joins.updateState(T, Essay.note("z"), node("longer"));
        assertThat(joins.snapshot("t").next()).containsExactly("end");
        assertThat(joins.invoke(Command.proceed(), T).value().notes())
                .containsExactly("short", "long", "x", "y", "z", "end");
        joins.fork(at(joins, 1));
        assertThat(joins.invoke(Command.proceed(), T).value().notes())
                .containsExactly("short", "long", "longer", "end");
    }

    // --- cached nodes ---

    @Test
    void aCachedNodeThatHasRunIsKeptOverAnEditOfWhatItsKeyWasMadeOf() {
        GraphSpec<String, Essay, Essay> spec = graph("cached")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("kept")
                .after("plan")
                .cache(CachePolicy.of("1"))
                .leaf(in -> note("kept"))
                .node("ask")
                .after("plan")
                .scope(in -> in.interrupt(OK, "sure?") ? note("yes") : note("no"))
                .build();
        var graph = opened(
                spec.builder().checkpointer(store()).cache(TaskCache.inMemory()).build());
        GraphWorkflow<String, Essay, Essay> cached = graph.workflow();
        paused(cached.invoke("rain", T));

        cached.updateState(T, Essay.note("by hand"), node("plan"));
        RunResult.Interrupted<Essay> again = paused(cached.invoke(Command.proceed(), T));

        assertThat(cached.invoke(again.only(OK).answer(true), T).value().notes())
                .startsWith("plan", "by hand", "kept", "yes");
    }

    @Test
    void aCachedNodeIsFilledByHand() {
        GraphSpec<String, Essay, Essay> spec = graph("cached")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("work")
                .after("plan")
                .cache(CachePolicy.of("1"))
                .leaf(in -> note("work"))
                .node("end")
                .after("work")
                .leaf(in -> note("end"))
                .build();
        var graph = opened(
                spec.builder().checkpointer(store()).cache(TaskCache.inMemory()).build());
        paused(graph.workflow().invoke("rain", T.pauseBefore(node("work"))));

        graph.workflow().updateState(T, Essay.note("by hand"), node("work"));

        assertThat(graph.workflow().invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "by hand", "end");
    }
}
