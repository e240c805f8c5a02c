package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static dev.clew.testing.StoryFlow.REVIEW;

import dev.clew.testing.StoryFlow.Draft;
import dev.clew.testing.StoryFlow.Story;
import dev.clew.testing.StoryFlow.Verdict;
import java.time.Duration;
import java.util.List;

class LabTest {
    private static final List<String> CHAPTERS = List.of("1 rain", "2 rain", "3 rain");

    @ClewTest({MEMORY, SQLITE})
    void runsInterruptsCrashesAndResumes(Lab lab) {
        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()).cache(lab.cache()));
        var write = stories.workflow(StoryFlowGraph::write);

        assertThat(write.invoke("rain"))
                .isInterruptedBy(REVIEW, new Draft("About rain"))
                .executed("compose", 1);
        lab.crash();
        assertThat(write.answer(REVIEW, new Verdict(false, "wetter")))
                .isInterruptedBy(REVIEW, new Draft("About rain, wetter"))
                .executed("compose", 1)
                .executed("chapter", 3);
        assertThat(write.answer(REVIEW, new Verdict(true, "")))
                .isCompletedWith(new Story("About rain, wetter", CHAPTERS, 1))
                .executed("compose", 1);
        assertThat(Duration.between(SteppedClock.BEGINNING, lab.clock().instant()))
                .isEqualTo(Duration.ofDays(1));
    }
}
