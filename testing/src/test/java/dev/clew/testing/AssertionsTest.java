package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.assertThatThrownBy;
import static dev.clew.testing.StoryFlow.REVIEW;

import dev.clew.LambdaGraph;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.stream.StreamMode;
import dev.clew.testing.StoryFlow.Draft;
import java.io.IOException;

/** Expectations that are not met say what happened instead. */
class AssertionsTest {
    @ClewTest
    void tellsHowARunEndedInstead(Lab lab) {
        var run = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()))
                .workflow(StoryFlowGraph::write)
                .invoke("rain");

        assertThatThrownBy(() -> assertThat(run).isCompleted())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting the run 'run-1' of thread 'test' to have completed")
                .hasMessageContaining("but it was interrupted by ['review' {text=About rain}]");
        assertThatThrownBy(() -> assertThat(run).isInterruptedBy(REVIEW, new Draft("x")))
                .hasMessageContaining("been interrupted by 'review' Draft[text=x]");
        assertThatThrownBy(() -> assertThat(run).isInterruptedBy(TimeFlow.ASK))
                .hasMessageContaining("been interrupted by [ask]");
        assertThatThrownBy(() -> assertThat(run).hasFailed()).hasMessageContaining("to have failed");
        assertThatThrownBy(() -> assertThat(run.only(REVIEW)).asks(new Draft("x")))
                .hasMessageContaining("Draft[text=About rain]");
        assertThat(run.only(REVIEW)).hasNoDeadline();
    }

    @ClewTest
    void tellsWhatARunDidWhereACountIsWrong(Lab lab) {
        var run = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()))
                .workflow(StoryFlowGraph::write)
                .invoke("rain");

        assertThatThrownBy(() -> assertThat(run).executed("compose", 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("task 'compose'")
                .hasMessageContaining("to be executed 2 times, but it was 1 times")
                .hasMessageContaining("STEP_STARTED task:compose#1 attempt 1");
        assertThat(run).log().contains("task:compose#1 succeeded", "ask:review#1 was asked", "the run paused");
    }

    @ClewTest
    void keepsTheCauseOfAFailure(Lab lab) {
        var run = lab.graph(() -> LambdaGraph.builder((in, calls) -> {
                    throw new IOException("no ink");
                }))
                .workflow(LambdaGraph::run)
                .invoke("a");

        assertThat(run).hasFailedWith(IOException.class, "no ink").hasFailedWith(WorkflowFailedException.class);
        assertThatThrownBy(() -> assertThat(run).isCompletedWith("a!"))
                .hasMessageContaining("but it failed: ")
                .hasCauseInstanceOf(WorkflowFailedException.class);
        assertThatThrownBy(() -> assertThat(run).hasFailedWith(IllegalStateException.class))
                .hasMessageContaining("failed with java.lang.IllegalStateException");
    }

    @ClewTest
    void readsStreams(Lab lab) {
        var echo = lab.graph(() ->
                        LambdaGraph.builder((in, calls) -> calls.task("one", in).join()))
                .workflow(LambdaGraph::run);

        assertThat(echo.stream("a", StreamMode.UPDATES))
                .hasUpdate("one", "a!")
                .hasEmitted()
                .hasTokens()
                .endsWith("a!");
        assertThatThrownBy(() ->
                        assertThat(echo.on("b").stream("b", StreamMode.UPDATES)).hasUpdate("one", "c!"))
                .hasMessageContaining("Expecting an update of 'one'");
    }
}
