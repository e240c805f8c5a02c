package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThatThrownBy;

import dev.clew.task.IllegalStepException;
import org.junit.jupiter.api.Test;

class DirectHandleTest {
    @Test
    void namesTheLabWhereADurableCallNeedsOne() {
        StoryFlowTasks tasks = StoryFlowTasks.direct(new StoryFlow());

        assertThatThrownBy(() -> tasks.write("rain").join())
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("run.interrupt")
                .hasMessageContaining(Lab.class.getName());
    }
}
