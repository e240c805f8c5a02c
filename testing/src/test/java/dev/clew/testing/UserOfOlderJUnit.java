package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;

import dev.clew.testing.StoryFlow.Draft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that {@link JUnitVersionsTest} runs with older releases of JUnit: they use every entry of JUnit into the kit. */
@ExtendWith(ClewExtension.class)
class UserOfOlderJUnit {
    @Test
    void plainTestGetsALab(Lab lab) {
        runsAndResumes(lab);
    }

    @ClewTest({MEMORY, SQLITE})
    void clewTestGetsALab(Lab lab) {
        runsAndResumes(lab);
    }

    private static void runsAndResumes(Lab lab) {
        var write = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()).cache(lab.cache()))
                .workflow(StoryFlowGraph::write);
        assertThat(write.invoke("rain")).isInterruptedBy(StoryFlow.REVIEW, new Draft("About rain"));
        lab.crash();
        assertThat(write.answer(StoryFlow.REVIEW, new StoryFlow.Verdict(true, "")))
                .executed("compose", 1);
    }
}
