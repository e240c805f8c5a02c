package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.Send;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joins in loops, deferred nodes that lead to one another and records that were sent, in one process and in several. */
@Timeout(20)
public abstract class GraphOrderSuite extends GraphSuite {
    /** {@code split} sends to {@code left} and {@code right}; {@code join} goes round again, twice. */
    private GraphSpec<String, Essay, Essay> rounds() {
        return graph("rounds")
                .node("split")
                .after(START)
                .leaf(in -> note("split"))
                .node("left")
                .after("split")
                .leaf(in -> note("left"))
                .node("right")
                .after("split")
                .leaf(in -> note("right"))
                .node("longer")
                .after("right")
                .leaf(in -> note("longer"))
                .node("join")
                .afterAll("left", "longer")
                .mayGoTo("split")
                .mayEnd()
                .leaf(in -> note("join")
                        .goTo(in.state().notes().contains("join") ? List.<Send>of() : List.of(Send.to("split"))))
                .build();
    }

    private static final List<String> ROUND = List.of("split", "left", "right", "longer", "join");

    @Test
    @Tag("G042")
    void aJoinInALoopFiresOnceARound() {
        assertThat(open(rounds()).invoke("rain", T).value().notes())
                .containsExactly(
                        "split", "left", "right", "longer", "join", "split", "left", "right", "longer", "join");
    }

    @Test
    @Tag("G042")
    @Tag("G084")
    void aJoinInALoopKeepsItsArrivalsOverBreakpointsInEachRound() {
        RunConfig pausing = T.pauseBefore(node("longer"));
        RunResult<Essay> result = open(rounds()).invoke("rain", pausing);
        int pauses = 0;
        while (result instanceof RunResult.Interrupted<Essay>) {
            pauses++;
            assertThat(open(rounds()).snapshot("t").waitingJoins())
                    .singleElement()
                    .satisfies(join -> {
                        assertThat(join.arrived()).containsExactly("left");
                        assertThat(join.missing()).containsExactly("longer");
                    });
            result = open(rounds()).invoke(Command.proceed(), T);
        }

        assertThat(pauses).isEqualTo(2);
        assertThat(result.value().notes()).hasSize(10).startsWith(ROUND.toArray(String[]::new));
        assertThat(ran).hasSize(10);
    }

    /** Three deferred nodes that wait at once, of which the first and the second lead to others. */
    private GraphSpec<String, Essay, Essay> deferred() {
        return graph("deferred")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("first")
                .after("plan")
                .defer()
                .leaf(in -> note("first"))
                .node("second")
                .afterAny("plan", "first")
                .defer()
                .leaf(in -> note("second"))
                .node("third")
                .afterAny("plan", "second")
                .defer()
                .leaf(in -> note("third"))
                .node("slow")
                .after("plan")
                .leaf(in -> note("slow"))
                .node("slower")
                .afterAny("slow", "first")
                .leaf(in -> note("slower"))
                .build();
    }

    @Test
    @Tag("G054")
    @Tag("G057")
    void deferredNodesThatLeadToOneAnotherRunOnceEachWhenNothingElseIsDue() {
        assertThat(open(deferred()).invoke("rain", T).value().notes())
                .containsExactly("plan", "slow", "slower", "first", "slower", "second", "third");
    }

    @Test
    @Tag("G054")
    @Tag("G057")
    void deferredNodesWaitOverBreakpointsInOtherProcesses() {
        RunResult<Essay> result = open(deferred())
                .invoke("rain", T.pauseBefore(node("slower"), node("first"), node("second"), node("third")));
        int pauses = 0;
        while (result instanceof RunResult.Interrupted<Essay>) {
            pauses++;
            result = open(deferred()).invoke(Command.proceed(), T);
        }

        assertThat(pauses).isEqualTo(5);
        assertThat(result.value().notes())
                .containsExactly("plan", "slow", "slower", "first", "slower", "second", "third");
        assertThat(ran).hasSize(7);
    }

    // --- what was sent ---

    private GraphSpec<String, Essay, Essay> sending(Class<? extends Record> type, Record sent) {
        return graph("sends")
                .node("plan")
                .after(START)
                .mayGoTo("search")
                .leaf(in -> Essay.note("plan").goTo(List.of(Send.to("search", sent))))
                .node("search")
                .takes(type)
                .leaf(in -> note(String.valueOf(in.sent())))
                .build();
    }

    record Numbered(int text) {}

    @Test
    void aRecordThatNoLongerFitsBlocksTheThreadAndItsOwnClassContinues() {
        GraphSpec<String, Essay, Essay> before = sending(Essay.Query.class, new Essay.Query("a"));
        paused(open(before).invoke("rain", T.pauseBefore(node("search"))));

        GraphSpec<String, Essay, Essay> after = sending(Numbered.class, new Numbered(1));
        assertThatThrownBy(() -> open(after).invoke(Command.proceed(), T))
                .hasStackTraceContaining("$.sends.0:search.text");
        assertThat(open(after).state("t").status()).isEqualTo(ThreadStatus.BLOCKED);

        assertThat(open(before).invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "Query[text=a]");
    }
}
