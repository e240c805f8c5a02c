package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that were edited are forked, copied, recovered and given new input. */
@Timeout(20)
public abstract class EditedThreadSuite extends GraphSuite {
    private final AtomicInteger rounds = new AtomicInteger();

    private static RunConfig at(GraphWorkflow<?, ?, Essay> workflow, int superstep) {
        return workflow.snapshots("t")
                .filter(snapshot -> snapshot.superstep() == superstep)
                .findFirst()
                .orElseThrow()
                .config();
    }

    // --- threads that begin with an edit ---

    @Test
    @Tag("G099")
    @Tag("G106")
    void aThreadThatAnEditBeganMayBeForkedAtEachOfItsStates() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.updateState(T, Essay.topic("by hand"));
        line.invoke(Command.proceed(), T);

        line.fork(at(line, 1));
        assertThat(line.invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "write", "polish");
        RunConfig first = line.snapshots("t")
                .reduce((newer, older) -> older)
                .orElseThrow()
                .config();
        line.fork(first);
        assertThat(line.invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "write", "polish");
    }

    @Test
    @Tag("G106")
    void aThreadThatAnEditBeganMayBeForkedWithoutNamingAState() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.updateState(T, Essay.topic("by hand"));

        line.fork(T);

        assertThat(line.invoke(Command.proceed(), T).value())
                .isEqualTo(new Essay("by hand", List.of("plan", "write", "polish"), null));
    }

    @Test
    void anUpdateAfterTheInputMayBeForkedAwayAndMadeAgain() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", T.pauseBefore(node("plan"))));
        line.updateState(T, Essay.note("one"));
        line.updateState(T, Essay.note("two"));
        assertThat(line.snapshot("t").next()).containsExactly("plan");
        assertThat(line.invoke(Command.proceed(), T).value().notes())
                .containsExactly("one", "two", "plan", "write", "polish");

        RunConfig edited = line.snapshots("t")
                .filter(snapshot -> snapshot.superstep() == 2)
                .findFirst()
                .orElseThrow()
                .parent();
        line.fork(edited);
        assertThat(line.invoke(Command.proceed(), T).value().notes()).containsExactly("one", "plan", "write", "polish");
        line.updateState(edited, Essay.note("other"));
        assertThat(line.invoke(Command.proceed(), T).value().notes())
                .containsExactly("one", "other", "plan", "write", "polish");
    }

    @Test
    @Tag("G106")
    void aForkOfTheCheckpointOfAnEditKeepsTheEdit() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", T.pauseBefore(node("polish"))));
        RunConfig edited = line.updateState(T, Essay.note("by hand"));
        String opening = edited.checkpoint().orElseThrow().replaceAll("/.*", "");
        line.invoke(Command.proceed(), T);

        line.fork(T.checkpoint(opening));

        assertThat(line.invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "write", "by hand", "polish");
        assertThat(ran).containsExactly("plan", "write", "polish", "polish");
    }

    @Test
    void aRunWhoseInputWasNotFoldedIsForkedWithItsInput() {
        GraphSpec<String, Essay, Essay> spec = GraphSpec.of("second", Essay.STATE)
                .input(String.class, topic -> {
                    if (rounds.incrementAndGet() == 2) {
                        throw new IllegalStateException("not now");
                    }
                    return Essay.topic(topic);
                })
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .build();
        GraphWorkflow<String, Essay, Essay> second = open(spec);
        assertThatThrownBy(() -> second.invoke("rain", T)).isInstanceOf(WorkflowFailedException.class);

        second.fork(second.snapshot("t").config());

        assertThat(second.invoke(Command.proceed(), T).value()).isEqualTo(new Essay("rain", List.of("plan"), null));
    }

    @Test
    @Tag("G091")
    void newInputMeetsTheStateThatAnEditHasLeft() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", T.pauseBefore(node("write"))));
        line.updateState(T, Essay.note("by hand"));

        assertThat(line.invoke("snow", T).value())
                .isEqualTo(new Essay("snow", List.of("plan", "by hand", "plan", "write", "polish"), null));
    }

    // --- other threads, codecs and names ---

    @Test
    void anEditedRunIsCopiedEncryptedAndGoesOnThere() {
        Codec encrypting = EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", new SecretKeySpec(new byte[32], "AES"))
                .build();
        var graph =
                opened(line().builder().checkpointer(store()).codec(encrypting).build());
        GraphWorkflow<String, Essay, Essay> line = graph.workflow();
        paused(line.invoke("rain", T.pauseBefore(node("write")).maxSupersteps(9)));
        graph.copyThread("t", "paused");
        line.updateState(T, Essay.note("one"));
        line.updateState(T, Essay.note("two"), node("write"));
        graph.copyThread("t", "copy");
        line.updateState(RunConfig.thread("copy"), Essay.note("three"));

        assertThat(line.invoke(Command.proceed(), RunConfig.thread("copy"))
                        .value()
                        .notes())
                .containsExactly("plan", "one", "two", "three", "polish");
        assertThat(line.invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "one", "two", "polish");
        assertThat(paused(line.invoke("snow", RunConfig.thread("paused").pauseAfter(node("write"))))
                        .breakpoint())
                .containsExactly(node("write"));
    }

    @Test
    void aNodeThatWasRenamedIsEditedUnderBothNames() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", T.pauseBefore(node("write"))));
        GraphSpec<String, Essay, Essay> renamed = graph("line")
                .node("draft")
                .after(START)
                .formerly("plan")
                .leaf(in -> note("draft"))
                .node("text")
                .formerly("write")
                .after("draft")
                .leaf(in -> note("text"))
                .node("polish")
                .after("text")
                .leaf(in -> note("polish"))
                .build();
        GraphWorkflow<String, Essay, Essay> now = open(renamed);

        now.updateState(T, Essay.note("one"));
        now.updateState(T, Essay.note("two"), node("draft"));
        now.updateState(T, Essay.note("three"), node("plan"));
        assertThat(now.snapshot("t").values().notes()).containsExactly("plan", "one", "two", "three");
        now.updateState(T, Essay.note("four"), node("text"));

        assertThat(open(renamed).invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "one", "two", "three", "four", "polish");
    }

    @Test
    void oldRunsOfAnEditedThreadMayBeDeleted() {
        var graph = opened(line().builder().checkpointer(store()).build());
        GraphWorkflow<String, Essay, Essay> line = graph.workflow();
        line.invoke("rain", T);
        line.invoke("snow", T);
        line.updateState(at(line, 1), Essay.note("x"));
        line.fork(at(line, 2));

        graph.keepLast("t", 1);

        assertThat(line.snapshots("t")).isNotEmpty();
        assertThat(line.invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "write", "polish", "plan", "x", "write", "polish");
    }

    @Test
    void recoveryLeavesAnEditedRunAlone() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", T.pauseBefore(node("write"))));
        line.updateState(T, Essay.note("by hand"));
        var graph = opened(line().builder().checkpointer(store()).build());

        assertThat(graph.recover().runs()).isEmpty();

        assertThat(line.state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(ran).containsExactly("plan");
    }
}
