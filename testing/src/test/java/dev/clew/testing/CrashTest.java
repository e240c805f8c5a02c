package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.assertThatThrownBy;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static dev.clew.testing.StoryFlow.REVIEW;

import dev.clew.flow.Durability;
import dev.clew.testing.StoryFlow.Draft;
import dev.clew.testing.StoryFlow.Story;
import dev.clew.testing.StoryFlow.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashTest {
    private static final Verdict YES = new Verdict(true, "");

    private static TestWorkflow<String, Story> write(Lab lab) {
        return lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()).durability(Durability.SYNC))
                .workflow(StoryFlowGraph::write);
    }

    @ClewTest({MEMORY, SQLITE})
    void beforeATaskNothingOfItHasHappened(Lab lab) {
        lab.crashBefore("compose");

        assertThat(write(lab).invoke("rain")).isInterruptedBy(REVIEW).executed("compose", 2);
        assertThat(lab.events())
                .filteredOn(e -> e.kind() == LabEvent.Kind.RUN_RESUMED)
                .hasSize(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void withinATaskItsWorkIsDoneAndNotNoted(Lab lab) {
        AtomicInteger outside = new AtomicInteger();
        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()));
        stories.fakes(StoryFlowTasks::on)
                .whenever(tasks -> tasks.compose(""))
                .answers(call -> new Draft("draft " + outside.incrementAndGet()));
        lab.crashAt(CrashPoint.within("compose"));

        assertThat(stories.workflow(StoryFlowGraph::write).invoke("rain"))
                .isInterruptedBy(REVIEW, new Draft("draft 2"))
                .executed("compose", 2);
    }

    @ClewTest({MEMORY, SQLITE})
    void afterATaskItIsNotRunAgain(Lab lab) {
        lab.crashAfter("compose");

        assertThat(write(lab).invoke("rain"))
                .isInterruptedBy(REVIEW)
                .executed("compose", 1)
                .replayed("compose", 1);
    }

    /** The next task is called on another thread than the one that stores the outcome, so this is tried often. */
    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void afterATaskNothingBeginsThatIsCalledLater(Durability durability) {
        for (int time = 0; time < 300; time++) {
            AtomicInteger begun = new AtomicInteger();
            try (Lab lab = Lab.open(MEMORY).replayCheck(false)) {
                var stories =
                        lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()).durability(durability));
                stories.fakes(StoryFlowTasks::on)
                        .whenever(tasks -> tasks.chapter("", 0))
                        .answers(call -> "chapter " + begun.incrementAndGet());
                lab.crashAfter("compose");

                assertThat(stories.workflow(StoryFlowGraph::write).invoke("rain"))
                        .isInterruptedBy(REVIEW)
                        .executed("compose", 1)
                        .executed("chapter", 3);
            }
            assertThat(begun).hasValue(3);
        }
    }

    @ClewTest({MEMORY, SQLITE})
    void atAWriteWhatWasStoredIsThereAndNothingElse(Lab lab) {
        lab.crashAt(1);

        assertThat(write(lab).invoke("rain")).isInterruptedBy(REVIEW).executed("compose", 1);
        assertThat(lab.writes().get(0)).contains("the thread is RUNNING");
    }

    @ClewTest
    void everyNamedPointStrikesOnce(Lab lab) {
        lab.crashBefore("compose");
        lab.crashAfter("compose");
        lab.crashAfter("chapter");

        assertThat(write(lab).invoke("rain")).isInterruptedBy(REVIEW);
        assertThat(lab.events())
                .filteredOn(e -> e.kind() == LabEvent.Kind.RUN_RESUMED)
                .hasSize(3);
    }

    @ClewTest
    void anAnswerThatWasStoredIsNotGivenTwice(Lab lab) {
        var write = write(lab);
        write.invoke("rain");
        int before = lab.writes().size();
        lab.crashAt(before + 1);

        assertThat(write.answer(REVIEW, YES)).isCompletedWith(new Story("About rain", chapters(), 0));
    }

    @ClewTest
    void anAnswerThatWasLostIsGivenAgain(Lab lab) {
        var write = write(lab);
        write.invoke("rain");
        lab.crashAt(CrashPoint.beforeWrite(lab.writes().size() + 1));

        assertThat(write.answer(REVIEW, YES)).isCompletedWith(new Story("About rain", chapters(), 0));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everywhereTheResultIsTheSame(Durability durability) {
        try (Lab lab = Lab.open(MEMORY)) {
            Story story = lab.crashEverywhere(fresh -> {
                var write = fresh.graph(
                                () -> StoryFlowGraph.builder(new StoryFlow()).durability(durability))
                        .workflow(StoryFlowGraph::write);
                write.invoke("rain");
                assertThat(write.answer(REVIEW, new Verdict(false, "wetter"))).isInterruptedBy(REVIEW);
                return write.answer(REVIEW, YES).value();
            });

            assertThat(story).isEqualTo(new Story("About rain, wetter", chapters(), 1));
        }
    }

    @Test
    void everywhereInAFileToo() {
        try (Lab lab = Lab.open(SQLITE)) {
            Story story = lab.crashEverywhere(fresh -> {
                TestWorkflow<String, Story> write = write(fresh);
                write.invoke("rain");
                return write.answer(REVIEW, YES).value();
            });

            assertThat(story).isEqualTo(new Story("About rain", chapters(), 0));
        }
    }

    @Test
    void tellsOfACrashThatNeverCame() {
        Lab lab = Lab.open(MEMORY);
        lab.crashBefore("revise");
        write(lab).invoke("rain");

        assertThatThrownBy(lab::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Missed crash: the test asked for one before task 'revise'")
                .hasMessageContaining("task:compose#1 succeeded");
    }

    private static List<String> chapters() {
        return List.of("1 rain", "2 rain", "3 rain");
    }
}
