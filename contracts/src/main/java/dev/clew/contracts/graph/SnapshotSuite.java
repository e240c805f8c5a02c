package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.task.Failure;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread's states can be read, one for each superstep, whatever its run is doing. */
@Timeout(20)
public abstract class SnapshotSuite extends GraphSuite {
    @Test
    @Tag("G096")
    void aThreadThatNeverRanHasItsStartValuesAndNothingNext() {
        StateSnapshot<Essay> none = open(line()).snapshot("t");

        assertThat(none.values()).isEqualTo(new Essay(null, List.of(), null));
        assertThat(none.next()).isEmpty();
        assertThat(none.parent()).isNull();
        assertThat(open(line()).snapshots("t")).isEmpty();
    }

    @ParameterizedTest
    @Tag("G031")
    @Tag("G095")
    @EnumSource
    @Tag("G092")
    @Tag("G093")
    void aFinishedRunHasASnapshotForItsInputAndForEachSuperstep(Durability durability) {
        open(line()).invoke("rain", T.durability(durability).metadata("who", "ann"));

        List<StateSnapshot<Essay>> all = open(line()).snapshots("t").toList();

        assertThat(all).extracting(StateSnapshot::superstep).containsExactly(3, 2, 1, 0);
        assertThat(all)
                .extracting(StateSnapshot::next)
                .containsExactly(List.of(), List.of("polish"), List.of("write"), List.of("plan"));
        assertThat(all)
                .extracting(snapshot -> snapshot.values().notes())
                .containsExactly(
                        List.of("plan", "write", "polish"), List.of("plan", "write"), List.of("plan"), List.of());
        assertThat(all).allSatisfy(snapshot -> {
            assertThat(snapshot.values().topic()).isEqualTo("rain");
            assertThat(snapshot.metadata()).containsEntry("who", "ann");
        });
        assertThat(tasks(all.get(1))).containsExactly("polish SUCCEEDED");
        assertThat(ran).containsExactly("plan", "write", "polish");
    }

    @Test
    @Tag("G092")
    void eachSnapshotIsFoundByItsConfigurationAndKnowsTheOneBefore() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);
        line.invoke("snow", T);

        List<StateSnapshot<Essay>> all = line.snapshots("t").toList();

        assertThat(all).hasSize(8);
        for (int i = 0; i < all.size(); i++) {
            StateSnapshot<Essay> snapshot = all.get(i);
            assertThat(line.snapshot(snapshot.config()).values()).isEqualTo(snapshot.values());
            RunConfig parent = snapshot.parent();
            if (parent != null) {
                assertThat(line.snapshot(parent).values())
                        .isEqualTo(all.get(i + 1).values());
            } else {
                assertThat(i).isEqualTo(7);
            }
        }
        assertThat(line.snapshots(all.get(2).config()))
                .extracting(StateSnapshot::superstep)
                .containsExactly(1, 0);
    }

    @Test
    @Tag("G071")
    @Tag("G030")
    @Tag("G073")
    void anOpenSuperstepShowsWhatHasFailedAndWhatIsAskedAndTheStateBeforeIt() {
        broken.set(true);
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        paused(fork.invoke("rain", T));

        StateSnapshot<Essay> open = open(fork()).snapshot("t");

        assertThat(open.values().notes()).containsExactly("plan");
        assertThat(tasks(open)).containsExactly("work FAILED", "ask INTERRUPTED", "rest SUCCEEDED");
        assertThat(open.tasks().get(0).failure())
                .map(Failure::message)
                .hasValueSatisfying(message -> assertThat(message).contains("work is broken"));
        assertThat(open.tasks().get(1).pending()).hasSize(1);
        assertThat(open.waitingJoins()).isEmpty();
    }

    @Test
    void aFailedRunShowsItsFailureUntilItProceeds() {
        broken.set(true);
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        var pause = paused(fork.invoke("rain", T));
        assertThatThrownBy(() -> fork.invoke(pause.only(OK).answer(true), T))
                .isInstanceOf(WorkflowFailedException.class);

        assertThat(tasks(fork.snapshot("t"))).containsExactly("work FAILED", "ask SUCCEEDED", "rest SUCCEEDED");

        broken.set(false);
        Essay essay = fork.invoke(Command.proceed(), T).value();
        assertThat(essay.notes()).containsExactly("plan", "work", "yes", "rest", "join");
        assertThat(fork.snapshots("t")).hasSize(4);
    }

    @Test
    @Tag("G119")
    @Tag("G089")
    void theStateOfAGraphInANodeIsInItsTask() {
        GraphSpec<String, Essay, Essay> inner = graph("inner")
                .node("first")
                .after(START)
                .leaf(in -> note("first"))
                .node("second")
                .after("first")
                .scope(in -> in.interrupt(OK, "inside?") ? note("yes") : note("no"))
                .build();
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("before")
                .after(START)
                .leaf(in -> note("before"))
                .subgraph("child", inner, edges -> edges.after("before"))
                .build();
        paused(open(outer).invoke("rain", T));

        StateSnapshot<Essay> snapshot = open(outer).snapshot("t");
        StateSnapshot<?> child = snapshot.tasks().get(0).child().orElseThrow();

        assertThat(snapshot.values().notes()).containsExactly("before");
        assertThat(child.values()).isEqualTo(new Essay("rain", List.of("before", "first"), null));
        assertThat(tasks(child)).containsExactly("second INTERRUPTED");
    }

    @Test
    void aSnapshotThatIsNotThereIsRefused() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);
        String last = line.snapshot("t").config().checkpoint().orElseThrow();

        assertThatThrownBy(() -> line.snapshot(T.checkpoint(last.replaceAll("/3$", "/9"))))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("has 3 supersteps");
        assertThatThrownBy(() -> line.snapshot(T.checkpoint("nowhere/1")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("no checkpoint 'nowhere'");
        assertThatThrownBy(() -> open(fork()).snapshot("t"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("belongs to workflow 'line'");
    }
}
