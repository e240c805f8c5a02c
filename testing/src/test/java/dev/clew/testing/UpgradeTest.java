package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.assertThatThrownBy;

import dev.clew.GraphBuilder;
import dev.clew.LambdaGraph;
import dev.clew.testing.StoryFlow.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** A run that was saved yesterday is replayed with the code of today. */
class UpgradeTest {
    private static final Supplier<GraphBuilder<LambdaGraph>> YESTERDAY = () -> LambdaGraph.builder((input, calls) ->
            calls.task("one", input).join() + calls.task("two", "b").join());

    @TempDir
    private Path folder;

    private Path golden() {
        return folder.resolve("logs").resolve("run.log");
    }

    private static String save(Supplier<GraphBuilder<LambdaGraph>> code, Path golden) {
        try (Lab lab = Lab.open(Storage.MEMORY)) {
            var echo = lab.graph(code).workflow(LambdaGraph::run);
            String value = echo.invoke("a").value();
            echo.saveLog(golden);
            return value;
        }
    }

    @ClewTest
    void replaysWithTheSameCode(Lab lab) {
        assertThat(save(YESTERDAY, golden())).isEqualTo("a!b!");

        var today = lab.graph(YESTERDAY);
        today.workflow(LambdaGraph::run);
        today.replay(golden());
        assertThat(lab.events()).isEmpty();
    }

    @ClewTest
    void replaysAPausedRunOfAWholeWorkflow(Lab lab) {
        Path golden = golden();
        try (Lab yesterday = Lab.open(Storage.SQLITE)) {
            var write = yesterday
                    .graph(() -> StoryFlowGraph.builder(new StoryFlow()))
                    .workflow(StoryFlowGraph::write);
            write.invoke("rain");
            write.answer(StoryFlow.REVIEW, new Verdict(false, "50 % wetter, = \"yes\"\tor\nno"));
            write.saveLog(golden);
        }

        var stories = lab.graph(() -> StoryFlowGraph.builder(new StoryFlow()));
        stories.workflow(StoryFlowGraph::write);
        stories.replay(golden);
    }

    @ClewTest
    void isTheSameFileEveryTime(Lab lab) throws Exception {
        save(YESTERDAY, golden());
        String first = Files.readString(golden());
        save(YESTERDAY, golden());

        assertThat(Files.readString(golden())).isEqualTo(first);
        assertThat(first.lines()).anyMatch(line -> line.startsWith("call\ttask:one#1\t0\t\"a\""));
    }

    @ClewTest
    void showsAStepThatWasReplaced(Lab lab) {
        save(YESTERDAY, golden());

        assertDiffers(
                        lab,
                        () -> LambdaGraph.builder(
                                (input, calls) -> calls.task("one", input).join()
                                        + calls.task("other", "b").join()))
                .hasMessageContaining("    task:one#1(\"a\")")
                .hasMessageContaining("  - task:two#1(\"b\")")
                .hasMessageContaining("  + task:other#1(\"b\")")
                .hasMessageContaining("Cause: the code was changed");
    }

    @ClewTest
    void showsAnArgumentThatChanged(Lab lab) {
        save(YESTERDAY, golden());

        assertDiffers(
                        lab,
                        () -> LambdaGraph.builder(
                                (input, calls) -> calls.task("one", input).join()
                                        + calls.task("two", "c").join()))
                .hasMessageContaining("  - task:two#1(\"b\")")
                .hasMessageContaining("  + task:two#1(\"c\")");
    }

    @ClewTest
    void showsAStepThatWasAdded(Lab lab) {
        save(YESTERDAY, golden());

        assertDiffers(
                        lab,
                        () -> LambdaGraph.builder(
                                (input, calls) -> calls.task("one", input).join()
                                        + calls.task("two", "b").join()
                                        + calls.task("new", "").join()))
                .hasMessageContaining("the replay calls task 'new', which the recorded run never did")
                .hasMessageContaining("  - (nothing more was recorded)")
                .hasMessageContaining("  + task:new#1(\"\")");
    }

    @ClewTest
    void showsAStepThatWasRemoved(Lab lab) {
        save(YESTERDAY, golden());

        assertDiffers(
                        lab,
                        () -> LambdaGraph.builder(
                                (input, calls) -> calls.task("one", input).join()))
                .hasMessageContaining("  - task:two#1(\"b\")")
                .hasMessageContaining("  + (nothing more is called)");
    }

    @ClewTest
    void showsStepsThatChangedPlaces(Lab lab) {
        save(YESTERDAY, golden());

        assertDiffers(
                        lab,
                        () -> LambdaGraph.builder((input, calls) -> {
                            String two = calls.task("two", "b").join();
                            return calls.task("one", input).join() + two;
                        }))
                .hasMessageContaining("  - task:one#1(\"a\")")
                .hasMessageContaining("  + task:two#1(\"b\")");
    }

    @ClewTest
    void showsAResultThatChanged(Lab lab) {
        save(YESTERDAY, golden());

        assertDiffers(
                        lab,
                        () -> LambdaGraph.builder((input, calls) -> calls.task("one", input)
                                        .join() + calls.task("two", "b").join() + "?"))
                .hasMessageContaining(
                        "the recorded run completed with \"a!b!\", and the replay completed with \"a!b!?\"");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertDiffers(
            Lab lab, Supplier<GraphBuilder<LambdaGraph>> code) {
        var today = lab.graph(code);
        today.workflow(LambdaGraph::run);
        return assertThatThrownBy(() -> today.replay(golden()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not replay with today's code");
    }
}
