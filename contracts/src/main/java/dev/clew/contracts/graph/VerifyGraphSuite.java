package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.verify.ThreadVerdict;
import dev.clew.verify.Verdict;
import dev.clew.verify.VerifyOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a changed graph fits the threads that are stored. */
@Timeout(30)
public abstract class VerifyGraphSuite extends GraphSuite {
    private ThreadVerdict verdict(GraphSpec<String, Essay, Essay> spec) {
        return verdict(spec, VerifyOptions.all());
    }

    private ThreadVerdict verdict(GraphSpec<String, Essay, Essay> spec, VerifyOptions options) {
        CompiledGraph<String, Essay, Essay> graph =
                opened(spec.builder().checkpointer(new SecondDoor(store())).build());
        int before = ran.size();
        var report = graph.verify(options);
        assertThat(ran).hasSize(before);
        assertThat(report.threads()).hasSize(1);
        return report.threads().get(0);
    }

    /** A node, then one that asks, then one more. */
    private GraphSpec<String, Essay, Essay> asking(String first, String question) {
        return graph("asks")
                .node(first)
                .after(START)
                .leaf(in -> note(first))
                .node("ask")
                .after(first)
                .scope(in -> in.interrupt(OK, question) ? note("yes") : note("no"))
                .node("end")
                .after("ask")
                .leaf(in -> note("end"))
                .build();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void graphThatAsksFitsSoFar(Durability durability) {
        open(asking("plan", "sure?")).invoke("rain", T.durability(durability));

        ThreadVerdict asks = verdict(asking("plan", "sure?"));

        assertThat(asks.verdict()).as(asks.detail()).isEqualTo(Verdict.FITS_SO_FAR);
        assertThat(asks.detail()).contains("'ok'");
    }

    @Test
    void nodeThatIsGoneDiffers() {
        open(asking("plan", "sure?")).invoke("rain", T);

        ThreadVerdict changed = verdict(asking("sketch", "sure?"));

        assertThat(changed.verdict()).as(changed.detail()).isEqualTo(Verdict.DIFFERS);
        assertThat(changed.detail()).contains("plan");
    }

    @Test
    void otherQuestionIsAskedAnew() {
        open(asking("plan", "sure?")).invoke("rain", T);

        ThreadVerdict changed = verdict(asking("plan", "really?"));

        assertThat(changed.verdict()).as(changed.detail()).isEqualTo(Verdict.ASKS_ANEW);
    }

    @Test
    void failedNodeFitsUpToItsNextAttempt() {
        broken.set(true);
        var workflow = open(fork());
        var asks = paused(workflow.invoke("rain", T));
        assertThat(verdict(fork()).verdict()).isEqualTo(Verdict.FITS_SO_FAR);
        assertThatThrownBy(() -> workflow.invoke(asks.only(OK).answer(true), T))
                .isInstanceOf(WorkflowFailedException.class);

        ThreadVerdict failed = verdict(fork(), VerifyOptions.all().status(ThreadStatus.FAILED));

        assertThat(failed.verdict()).as(failed.detail()).isEqualTo(Verdict.FITS);
        assertThat(failed.detail()).contains("would execute").contains("work");
    }

    @Test
    void editedThreadFits() {
        var workflow = open(asking("plan", "sure?"));
        workflow.invoke("rain", T);
        var unused = workflow.updateState(T, Essay.draft("edited"));

        ThreadVerdict edited = verdict(asking("plan", "sure?"));

        assertThat(edited.verdict()).as(edited.detail()).isIn(Verdict.FITS, Verdict.FITS_SO_FAR);
    }
}
