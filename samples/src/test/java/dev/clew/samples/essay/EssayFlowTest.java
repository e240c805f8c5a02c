package dev.clew.samples.essay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.samples.essay.EssayFlow.Draft;
import dev.clew.samples.essay.EssayFlow.Essay;
import dev.clew.samples.essay.EssayFlow.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EssayFlowTest {
    /** Notes what it is asked to do; the first attempts to compose fail. */
    private static final class NotingWriter implements Writer {
        private final List<String> work = new ArrayList<>();
        private int failures;

        @Override
        public synchronized Draft compose(String topic) throws IOException {
            work.add("compose " + topic);
            if (failures-- > 0) {
                throw new IOException("no ink");
            }
            return new Draft("About " + topic);
        }

        @Override
        public synchronized Draft revise(Draft draft, String feedback) {
            work.add("revise: " + feedback);
            return new Draft(draft.text() + ", " + feedback);
        }
    }

    private final NotingWriter writer = new NotingWriter();

    @Test
    void revisesUntilTheEditorApproves(@TempDir Path dir) {
        List<String> seen = new ArrayList<>();

        Essay essay = EssayDesk.write(dir.resolve("essays.db"), writer, draft -> {
            seen.add(draft.text());
            return new Verdict(seen.size() == 3, seen.size() == 1 ? "wetter" : "shorter");
        });

        assertThat(essay).isEqualTo(new Essay("About rain, wetter, shorter", 2));
        assertThat(seen).containsExactly("About rain", "About rain, wetter", "About rain, wetter, shorter");
        assertThat(writer.work).containsExactly("compose rain", "revise: wetter", "revise: shorter");
    }

    @Test
    void goesOnInAnotherGraphWithoutComposingAgain() {
        Checkpointer memory = Checkpointer.inMemory();
        RunConfig thread = RunConfig.thread("essay-1");
        try (var graph = EssayFlowGraph.builder(new EssayFlow(writer))
                .checkpointer(memory)
                .build()) {
            assertThat(graph.write().invoke("rain", thread)).isInstanceOf(RunResult.Interrupted.class);
        }

        try (var graph = EssayFlowGraph.builder(new EssayFlow(writer))
                .checkpointer(memory)
                .build()) {
            var question = graph.write().state("essay-1").only(EssayFlow.REVIEW);
            RunResult<Essay> result = graph.write().invoke(question.answer(new Verdict(true, "")), thread);

            assertThat(question.value()).isEqualTo(new Draft("About rain"));
            assertThat(result.value()).isEqualTo(new Essay("About rain", 0));
        }
        assertThat(writer.work).containsExactly("compose rain");
    }

    @Test
    void tellsWhatHappensMeanwhile() {
        writer.failures = 1;
        List<String> told = new ArrayList<>();

        try (var graph = EssayFlowGraph.builder(new EssayFlow(writer))
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            RunResult<Essay> result = EssayTicker.write(graph.write(), RunConfig.thread("essay-1"), told::add);

            assertThat(result).isInstanceOf(RunResult.Interrupted.class);
        }
        assertThat(told).containsExactly("compose failed and is tried again", "compose is done");
    }

    @Test
    void triesThreeTimesToCompose() {
        writer.failures = 3;

        try (var graph = EssayFlowGraph.builder(new EssayFlow(writer))
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            assertThatThrownBy(() -> graph.write().invoke("rain", RunConfig.thread("essay-1")))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("no ink");
        }
        assertThat(writer.work).containsExactly("compose rain", "compose rain", "compose rain");
    }

    @Test
    void runsItsTasksInlineInAPlainUnitTest() {
        EssayFlowTasks tasks = EssayFlowTasks.direct(new EssayFlow(writer));

        assertThat(tasks.compose("rain").join()).isEqualTo(new Draft("About rain"));
    }
}
