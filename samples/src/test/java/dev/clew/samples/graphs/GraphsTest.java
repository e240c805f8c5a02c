package dev.clew.samples.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.samples.shared.Play;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphsTest {
    @TempDir
    private Path dir;

    @Test
    void chatbotRemembersEachThreadOverRunsAndProcesses() throws Exception {
        Play play = Play.in(dir);

        assertThat(play.run(Chatbot::main))
                .containsExactly(
                        "ann: Hi! My name is Ann.",
                        "bot: Nice to meet you!",
                        "ann: What is my name?",
                        "bot: Your name is Ann.",
                        "bob: What is my name?",
                        "bot: You have not told me.");
        try (var db = Sqlite.open(play.database());
                var graph = ChatbotGraph.builder(new Chatbot(Chatbot::recall))
                        .checkpointer(db.checkpointer())
                        .build()) {
            assertThat(graph.workflow().snapshot("graph-chatbot-ann").values().messages())
                    .extracting(Chatbot.Message::from)
                    .containsExactly("person", "bot", "person", "bot");
        }
    }

    @Test
    void chatbotKeepsWhatWasSaidInARunThatFailed() {
        Chatbot.Model deafAtFirst = conversation -> {
            if (conversation.size() == 1) {
                throw new IllegalStateException("deaf");
            }
            return "I heard " + conversation.size() + " messages.";
        };
        try (var graph = ChatbotGraph.builder(new Chatbot(deafAtFirst))
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            RunConfig thread = RunConfig.thread("c-1");

            assertThatThrownBy(() -> graph.workflow().invoke("one", thread)).hasMessageContaining("deaf");

            assertThat(graph.workflow().invoke("two", thread).value()).isEqualTo("I heard 2 messages.");
        }
    }

    @Test
    void routerRunsTheNodeOfEachCaseAndNoneOfTheCaseThatEnds() throws Exception {
        assertThat(Play.in(dir).run(Router::main))
                .containsExactly(
                        "What about invoice 17? -> Invoice 17 is paid.",
                        "My printer is on fire -> Switch the printer off and on again.",
                        "You have won a yacht -> (no answer)");
    }

    @Test
    void mapReduceParksWithItsDraftAndIsResumedByAnotherProcess() throws Exception {
        Play play = Play.in(dir);

        assertThat(play.run(MapReduce::main))
                .startsWith(
                        "Labyrinths",
                        "History: The first one was built for a monster.",
                        "Ways out: A hand on the wall is slow and sure.")
                .anyMatch(line -> line.startsWith("parked: "));
        assertThat(play.run(MapReduce::main, "no", "yes")).endsWith("published: Labyrinths");
    }

    @Test
    void subgraphParksInsideOfItsNodeAndGivesBackWhatItSharesOnce() throws Exception {
        Play play = Play.in(dir);

        assertThat(play.run(Newsletter::main))
                .startsWith("waits in [desk], inside of it in [headline]")
                .anyMatch(line -> line.startsWith("parked: "));
        assertThat(play.run(Newsletter::main, "Old walls"))
                .endsWith(
                        "Welcome to all about labyrinths.",
                        "Old walls: The first of all labyrinths was built for a monster.");
    }

    @Test
    void subgraphKeepsItsOwnComponentsFromItsParent() {
        try (var graph = NewsletterGraph.builder(new Newsletter(about -> "a draft"))
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            graph.workflow().invoke("walls", RunConfig.thread("n-1"));

            StateSnapshot<Newsletter.Issue> now = graph.workflow().snapshot("n-1");

            assertThat(now.values())
                    .isEqualTo(new Newsletter.Issue("walls", List.of("Welcome to all about walls."), null));
            assertThat(now.tasks())
                    .singleElement()
                    .satisfies(desk -> assertThat(desk.child())
                            .hasValueSatisfying(child -> assertThat(child.values())
                                    .isEqualTo(new Newsletter.Article(
                                            "walls", List.of("Welcome to all about walls."), "a draft"))));
        }
    }

    @Test
    void hierarchicalTeamReportsWhatBothTeamsFound() throws Exception {
        assertThat(Play.in(dir).run(HierarchicalTeam::main))
                .containsExactly(
                        "the way out, in 2 parts: the archive knows the way out; the web knows the way out",
                        "  after superstep 5: 2 findings, next []",
                        "  after superstep 4: 2 findings, next [supervise]",
                        "  after superstep 3: 2 findings, next [writing]",
                        "  after superstep 2: 2 findings, next [supervise]",
                        "  after superstep 1: 0 findings, next [research]",
                        "  after superstep 0: 0 findings, next [supervise]");
    }

    @Test
    void approvalSendsTheDraftThatAPersonPutIntoTheState() throws Exception {
        Play play = Play.in(dir);

        assertThat(play.run(Approval::main))
                .startsWith("next is [send], the draft: That is your own fault.")
                .anyMatch(line -> line.startsWith("parked: "));
        assertThat(play.run(Approval::main, "We are sorry.")).endsWith("sent: We are sorry.");
    }

    @Test
    void approvalSendsTheModelsDraftIfItIsLeftAlone() throws Exception {
        assertThat(Play.in(dir).run(Approval::main, "")).endsWith("sent: That is your own fault.");
    }

    @Test
    void approvalSendsNothingWhileItIsPaused() {
        try (var graph = ApprovalGraph.builder(new Approval(complaint -> "no"))
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            RunConfig thread = RunConfig.thread("a-1");

            RunResult<String> paused = graph.workflow().invoke("broken", thread.pauseBefore(ApprovalNode.SEND));

            assertThat(paused).isInstanceOf(RunResult.Interrupted.class);
            assertThat(((RunResult.Interrupted<String>) paused).breakpoint()).hasToString("[send]");
            assertThat(graph.workflow().snapshot("a-1").values().sent()).isNull();
            assertThat(graph.workflow().invoke(Command.proceed(), thread).value())
                    .isEqualTo("sent: no");
        }
    }

    @Test
    void timeTravelRunsAPastSuperstepAgainAndWithAnotherState() throws Exception {
        Play play = Play.in(dir);

        assertThat(play.run(TimeTravel::main))
                .isEqualTo(play.run(TimeTravel::main))
                .containsExactly(
                        "told: Theseus turned left and met the Minotaur.",
                        "again: Theseus turned left and lost his thread.",
                        "what if: Theseus turned right and came out among olive trees.",
                        "the first run can be read still:",
                        "  Story[hero=Theseus, way=left, end=null], then [end]",
                        "  Story[hero=Theseus, way=null, end=null], then [choose]");
    }

    @Test
    void planAndExecuteMakesItsPlanAnewAfterAStepThatFailed() throws Exception {
        assertThat(Play.in(dir).run(PlanAndExecute::main))
                .containsExactly("take the ferry: failed: it is full", "take the bus: done", "visit the palace: done");
    }

    @Test
    void reflectionEndsWithinItsLimitAndWhenTheCriticIsContent() throws Exception {
        assertThat(Play.in(dir).run(Reflection::main))
                .containsExactly(
                        "at most 4 supersteps: O rain! (1 revisions)",
                        "at most 100 supersteps: O rain!!! (3 revisions)");
    }

    @Test
    void agenticRetrievalAsksInOtherWordsUntilItFindsSomething() throws Exception {
        assertThat(Play.in(dir).run(AgenticRetrieval::main))
                .containsExactly(
                        "Hello! -> Hello.",
                        "  looked for []",
                        "Who constructed the maze? -> Daedalus built the labyrinth.",
                        "  looked for [Who constructed the maze?, Who constructed the labyrinth?]");
    }
}
