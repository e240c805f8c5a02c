package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.assertThatThrownBy;
import static dev.clew.testing.StoryFlow.REVIEW;

import dev.clew.task.TaskTimeoutException;
import dev.clew.testing.StoryFlow.Draft;
import java.io.IOException;

class FakesTest {
    @ClewTest
    void failsAndThenReturns(Lab lab) {
        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()));
        var compose = stories.fakes(StoryFlowTasks::on).when(tasks -> tasks.compose("rain"));
        compose.fails(2).thenReturns(new Draft("It rains."));

        assertThat(stories.workflow(StoryFlowGraph::write).invoke("rain"))
                .isInterruptedBy(REVIEW, new Draft("It rains."))
                .executed("compose", 3);
        assertThat(compose.played()).isEqualTo(3);
        assertThat(lab.clock().instant()).isAfter(SteppedClock.BEGINNING);
    }

    @ClewTest
    void isAboutTheGivenArgumentsOnly(Lab lab) {
        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()));
        var fakes = stories.fakes(StoryFlowTasks::on);
        fakes.when(tasks -> tasks.compose(null)).returns(new Draft("anything"));
        fakes.when(tasks -> tasks.compose("sun")).returns(new Draft("It shines."));
        fakes.when(tasks -> tasks.chapter("sun", 2)).returns("two");
        var write = stories.workflow(StoryFlowGraph::write);

        assertThat(write.on("a").invoke("sun")).isInterruptedBy(REVIEW, new Draft("It shines."));
        assertThat(write.on("b").invoke("rain")).isInterruptedBy(REVIEW, new Draft("anything"));
        assertThat(write.on("a")
                        .answer(REVIEW, new StoryFlow.Verdict(true, ""))
                        .value()
                        .chapters())
                .containsExactly("1 sun", "two", "3 sun");
    }

    @ClewTest
    void fallsBackToTheTasksOwnCode(Lab lab) {
        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()));
        stories.fakes(StoryFlowTasks::on).whenever(tasks -> tasks.compose("")).fails(1);

        assertThat(stories.workflow(StoryFlowGraph::write).invoke("rain"))
                .isInterruptedBy(REVIEW, new Draft("About rain"))
                .executed("compose", 2);
    }

    @ClewTest
    void failsForGood(Lab lab) {
        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()));
        stories.fakes(StoryFlowTasks::on).whenever(tasks -> tasks.compose("")).thenFails(new IOException("no ink"));

        assertThat(stories.workflow(StoryFlowGraph::write).invoke("rain"))
                .hasFailedWith(IOException.class, "no ink")
                .executed("compose", 3);
    }

    @ClewTest
    void hangsUntilTheTimeout(Lab lab) {
        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()));
        stories.fakes(StoryFlowTasks::on)
                .whenever(tasks -> tasks.compose(""))
                .hangs()
                .hangs()
                .hangs();

        assertThat(stories.workflow(StoryFlowGraph::write).invoke("rain"))
                .hasFailedWith(TaskTimeoutException.class)
                .executed("compose", 3);
    }

    @ClewTest
    void refusesALambdaThatChoosesNoTask(Lab lab) {
        var fakes = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow())).fakes(StoryFlowTasks::on);

        assertThatThrownBy(() -> fakes.when(tasks -> null)).hasMessageContaining("call one task of the handle");
        assertThatThrownBy(() -> fakes.when(tasks -> tasks.write("rain")))
                .hasMessageContaining("'StoryFlow.write' is a workflow; only tasks are faked");
    }
}
