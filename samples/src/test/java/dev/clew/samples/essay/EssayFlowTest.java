package dev.clew.samples.essay;

import static dev.clew.samples.essay.EssayFlow.REVIEW;
import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;

import dev.clew.samples.essay.EssayFlow.Draft;
import dev.clew.samples.essay.EssayFlow.Essay;
import dev.clew.samples.essay.EssayFlow.Verdict;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EssayFlowTest {
    @ClewTest({MEMORY, SQLITE})
    void revisesUntilTheEditorApproves(Lab lab) {
        var essays = lab.graph(() -> EssayFlowGraph.builder(new EssayFlow(new PlainWriter())));
        var fakes = essays.fakes(EssayFlowTasks::on);
        fakes.when(tasks -> tasks.compose("rain")).fails(2).thenReturns(new Draft("It rains."));
        var write = essays.workflow(EssayFlowGraph::write);

        assertThat(write.invoke("rain"))
                .isInterruptedBy(REVIEW, new Draft("It rains."))
                .executed("compose", 3); // the back-off between them took no time
        lab.crash();
        lab.crashAfter("revise");
        assertThat(write.answer(REVIEW, new Verdict(false, "wetter")))
                .isInterruptedBy(REVIEW, new Draft("It rains. wetter"));
        assertThat(write.answer(REVIEW, new Verdict(true, "")))
                .isCompletedWith(new Essay("It rains. wetter", 1))
                .executed("compose", 3)
                .executed("revise", 1);
    }

    @ClewTest
    void comesToTheSameEndWhereverItsProcessCrashes(Lab lab) {
        Essay essay = lab.crashEverywhere(fresh -> {
            var write = fresh.graph(() -> EssayFlowGraph.builder(new EssayFlow(new PlainWriter())))
                    .workflow(EssayFlowGraph::write);
            write.invoke("rain");
            return write.answer(REVIEW, new Verdict(true, "")).value();
        });
        assertThat(essay).isEqualTo(new Essay("rain", 0));
    }

    /** Writes what it is told. */
    private static final class PlainWriter implements Writer {
        @Override
        public Draft compose(String topic) {
            return new Draft(topic);
        }

        @Override
        public Draft revise(Draft draft, String feedback) {
            return new Draft(draft.text() + " " + feedback);
        }
    }

    private static TestGraph<EssayFlowGraph> essays(Lab lab) {
        return lab.graph(() -> EssayFlowGraph.builder(new EssayFlow(new PlainWriter())));
    }

    @ClewTest
    void triesThreeTimesToCompose(Lab lab) {
        var essays = essays(lab);
        essays.fakes(EssayFlowTasks::on).whenever(tasks -> tasks.compose("")).thenFails(new IOException("no ink"));

        assertThat(essays.workflow(EssayFlowGraph::write).invoke("rain"))
                .hasFailedWith(IOException.class, "no ink")
                .executed("compose", 3);
    }

    @Test
    void isWrittenAtADesk(@TempDir Path dir) {
        List<String> seen = new ArrayList<>();

        Essay essay = EssayDesk.write(dir.resolve("essays.db"), new PlainWriter(), draft -> {
            seen.add(draft.text());
            return new Verdict(seen.size() == 3, seen.size() == 1 ? "wetter" : "shorter");
        });

        assertThat(essay).isEqualTo(new Essay("rain wetter shorter", 2));
        assertThat(seen).containsExactly("rain", "rain wetter", "rain wetter shorter");
    }

    @Test
    void runsItsTasksInlineInAPlainUnitTest() {
        EssayFlowTasks tasks = EssayFlowTasks.direct(new EssayFlow(new PlainWriter()));

        assertThat(tasks.compose("rain").join()).isEqualTo(new Draft("rain"));
    }
}
