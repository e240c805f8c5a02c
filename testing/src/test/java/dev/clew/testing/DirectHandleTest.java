package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.assertThatThrownBy;

import dev.clew.task.IllegalStepException;
import dev.clew.task.TaskFuture;
import org.junit.jupiter.api.Test;

class DirectHandleTest {
    @Test
    void returnsACandidateItselfFromARace() {
        StoryFlowTasks tasks = StoryFlowTasks.direct(new StoryFlow());
        TaskFuture<String> one = tasks.chapter("a", 1);
        TaskFuture<String> two = tasks.chapter("b", 2);

        TaskFuture<String> first = TaskFuture.anyOf(one, two);

        assertThat(first == one || first == two).isTrue();
    }

    @Test
    void namesTheLabWhereADurableCallNeedsOne() {
        StoryFlowTasks tasks = StoryFlowTasks.direct(new StoryFlow());

        assertThatThrownBy(() -> tasks.write("rain").join())
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("run.interrupt")
                .hasMessageContaining(Lab.class.getName());
    }
}
