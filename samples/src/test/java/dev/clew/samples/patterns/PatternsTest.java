package dev.clew.samples.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsTest {
    @TempDir
    private Path dir;

    @Test
    void promptChainingShortensWhatTheGateRefuses() throws Exception {
        assertThat(Play.in(dir).run(PromptChaining::main))
                .containsExactly(
                        "However dark the way, you find back. / Si sombre soit le chemin, tu retrouves la sortie.",
                        "  task:write#1",
                        "  task:shorten#1",
                        "  task:translate#1");
    }

    @Test
    void parallelizationGathersTheReviewsInOrder() throws Exception {
        assertThat(Play.in(dir).run(Parallelization::main))
                .containsExactly(
                        "It costs a day of carrying boxes.",
                        "The cellar was wet twice in ten years.",
                        "It frees the best room of the house.",
                        "=> Worth a day's work, if the boxes stand on shelves.");
    }

    @Test
    void routingSendsEveryLetterToItsDesk() throws Exception {
        assertThat(Play.in(dir).run(Routing::main))
                .containsExactly(
                        "I was charged twice in May.",
                        "  -> BILLING: We return the second payment of May today.",
                        "The lamp flickers.",
                        "  -> REPAIRS: Bring it in on Tuesday, it takes ten minutes.",
                        "Lovely shop!",
                        "  -> PRAISE: Thank you, that made our day!");
    }

    @Test
    void orchestratorPutsTheWorkersSectionsInThePlansOrder() throws Exception {
        assertThat(Play.in(dir).run(OrchestratorWorker::main))
                .startsWith("# Labyrinths", "", "## History")
                .containsSubsequence("## History", "## Ways out")
                .anyMatch(line -> line.contains("A thread is quicker"));
    }

    @Test
    void evaluatorAsksForAnotherJoke() throws Exception {
        assertThat(Play.in(dir).run(EvaluatorOptimizer::main))
                .containsExactly(
                        "My threads never deadlock: they just wait for each other to say something first.",
                        "  (round 2)");
    }

    @Test
    void agentCallsItsToolsAndAnswersFromWhatTheySaid() throws Exception {
        assertThat(Play.in(dir).run(Agent::main))
                .hasSize(3)
                .contains("tool: Oslo: snow, -3 degrees", "tool: Rome: sun, 18 degrees")
                .endsWith("It is warmer in Rome: 18 degrees, against -3 in Oslo.");
    }
}
