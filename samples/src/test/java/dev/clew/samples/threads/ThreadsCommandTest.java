package dev.clew.samples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.samples.durable.ChildPerItem;
import dev.clew.samples.durable.NightlyJob;
import dev.clew.samples.durable.RetryAndResume;
import dev.clew.samples.memory.Chatbot;
import dev.clew.samples.patterns.Parallelization;
import dev.clew.samples.people.ApproveAction;
import dev.clew.samples.people.EditDraft;
import dev.clew.samples.people.ReviewToolCalls;
import dev.clew.samples.shared.Play;
import dev.clew.sqlite.Sqlite;
import dev.clew.task.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ThreadsCommandTest {
    @TempDir
    private Path dir;

    private Play play;

    @BeforeEach
    void openAStage() {
        play = Play.in(dir);
    }

    private List<String> threads(String command, String... input) throws Exception {
        List<String> args = new ArrayList<>(List.of("--db", play.database().toString()));
        if (!command.isEmpty()) {
            args.addAll(List.of(command.split(" ")));
        }
        return play.run(args, ThreadsCommand::run, input);
    }

    @Test
    void listsThreadsWithTheirStatusAndEnds() throws Exception {
        play.run(ApproveAction::main);
        play.run(ChildPerItem::main);

        List<String> listed = threads("");

        assertThat(listed.get(0)).matches("  # +thread +status +workflow +changed +lasted +note");
        assertThat(listed.get(1)).matches("  1  approve +interrupted +ApproveAction.pay .* waits for an answer");
        assertThat(listed.get(2)).matches("  2  child-per-item +finished +ChildPerItem.publishAll .*");
        assertThat(listed.get(3)).startsWith("list, runs N, show N, answer N");
    }

    @Test
    void showsALogAsATreeWithTimes() throws Exception {
        play.run(ChildPerItem::main);

        List<String> shown = threads("show 1");

        assertThat(shown.get(0)).startsWith("child-per-item  ChildPerItem.publishAll  finished  run ");
        assertThat(shown.get(1)).matches("├─ ✓ ChildPerItem.publish  [\\d:.]+ .*= \"uploaded beach \\(small\\)\"");
        assertThat(shown.get(2)).matches("│  ├─ ✓ shrink  [\\d:.]{12}( after \\d+ ms)?  = \"beach \\(small\\)\"");
        assertThat(shown.get(3)).startsWith("│  └─ ✓ upload");
        assertThat(shown).anyMatch(line -> line.startsWith("└─ ✓ ChildPerItem.publish#8"));
        assertThat(shown).last().asString().startsWith("value: [\"uploaded beach");
    }

    @Test
    void tellsOfAttempts() throws Exception {
        play.run(RetryAndResume::main);

        assertThat(threads("show retry-and-resume"))
                .anyMatch(line -> line.contains("✓ download") && line.contains("3 attempts"));
    }

    @Test
    void leavesAnAnswerThatTheProgramGoesOnWith() throws Exception {
        play.run(ApproveAction::main);

        List<String> answered = threads("answer approve yes");

        assertThat(answered).singleElement().asString().startsWith("answered; the run continues when");
        assertThat(threads("list")).last().asString().contains(" answered ", "continues when its program recovers it");
        assertThat(play.run(ApproveAction::main)).containsExactly("sent 500 euros to Ariadne");
    }

    @Test
    void refusesAnAnswerThatIsNoneAndChangesNothing() throws Exception {
        play.run(ApproveAction::main);

        assertThat(threads("answer approve maybe")).containsExactly("the question wants yes or no");
        assertThat(threads("show approve"))
                .last()
                .asString()
                .startsWith("└─ ? approve")
                .contains("\"to\":\"Ariadne\"");
    }

    @Test
    void endsWithOneIfThereIsNothingToAnswer() throws Exception {
        play.run(ApproveAction::main, "yes");
        AtomicInteger code = new AtomicInteger();

        List<String> printed = play.run(
                List.of("--db", play.database().toString(), "answer", "approve", "yes"),
                args -> code.set(ThreadsCommand.run(args)));

        assertThat(printed).containsExactly("thread 'approve' asks nothing");
        assertThat(code).hasValue(1);
    }

    @Test
    void showsTheFieldsOfEveryCaseThatAnAnswerMayHave() throws Exception {
        play.run(ReviewToolCalls::main);

        List<String> talk = threads("", "answer 1", "", "", "", "quit");

        assertThat(talk)
                .contains("  {\"@type\": \"Accept\"}", "  {\"@type\": \"Change\", \"arguments\": text or null}");
    }

    @Test
    void showsTheClassOfAFailure() throws Exception {
        play.run(RetryAndResume::main);

        assertThat(threads("show retry-and-resume 1")).anyMatch(line -> line.matches(".*[✓✗↻].*"));
        assertThat(LogTree.failure(Failure.of(new IOException("no route"), "/task:a#1", 1)))
                .isEqualTo("IOException: no route");
    }

    @Test
    void listsTheRunsOfAThreadAndShowsEach() throws Exception {
        play.run(Chatbot::main, "hello");
        play.run(Chatbot::main, "and again");

        List<String> runs = threads("runs chatbot-ann");

        assertThat(runs).hasSizeGreaterThan(2);
        assertThat(runs.get(0)).matches("  # +run +began +took +came to");
        assertThat(runs.get(1)).startsWith("  1  ").contains("finished: ");
        assertThat(threads("show chatbot-ann 1").get(0)).contains(runs.get(1).split(" +")[2]);
        assertThat(threads("show chatbot-ann 99")).singleElement().asString().contains("has runs 1 to ");
    }

    @Test
    @Timeout(60)
    void drawsARunOfTenThousandSteps() throws Exception {
        int steps = 10_000;
        try (var db = Sqlite.open(play.database());
                var graph = ManyStepsGraph.builder(new ManySteps())
                        .checkpointer(db.checkpointer())
                        .durability(Durability.EXIT)
                        .build()) {
            graph.count().invoke(steps, RunConfig.once("many"));
        }
        Path file = dir.resolve("many.html");

        threads("html many " + file);

        assertThat(Pattern.compile("<details ").matcher(Files.readString(file)).results())
                .hasSize(steps);
        assertThat(threads("show many")).hasSize(steps + 2).contains("value: " + steps);
    }

    @Test
    void putsEveryPendingQuestionToThePerson() throws Exception {
        play.run(ReviewToolCalls::main);
        String accept = "{\"@type\": \"Accept\"}";

        List<String> talk = threads("", "answer 1", accept, "no JSON", accept, accept, "quit");
        List<String> ended = play.run(ReviewToolCalls::main);

        assertThat(talk)
                .contains("tool: book", "that is not a Verdict as JSON")
                .anyMatch(line -> line.startsWith("answered; "));
        assertThat(ended)
                .filteredOn(line -> !line.equals("(booking)"))
                .containsExactly(
                        "booked: {\"what\": \"train to Crete\"}",
                        "booked: {\"what\": \"room with a bath\"}",
                        "booked: {\"what\": \"rowing boat\"}");
        assertThat(ended).filteredOn("(booking)"::equals).hasSize(3);
    }

    @Test
    void leavesAQuestionOpenThatNobodyAnswers() throws Exception {
        play.run(ApproveAction::main);

        threads("answer approve");

        assertThat(threads("list")).last().asString().contains("waits for an answer");
    }

    @Test
    void followsAThreadWhileAnotherProgramRunsIt() throws Exception {
        play.run(ApproveAction::main); // so that there is a database
        Thread program =
                new Thread(() -> NightlyJob.main("--db", play.database().toString()));
        program.start();
        List<String> followed = new ArrayList<>();
        while (followed.stream().noneMatch(line -> line.contains("backUp"))) {
            followed = threads("follow nightly-job-November");
        }
        program.join();

        assertThat(followed)
                .filteredOn(line -> line.startsWith("✓ backUp"))
                .extracting(line -> line.split("  ")[0])
                .containsExactly("✓ backUp", "✓ backUp#2", "✓ backUp#3");
        assertThat(followed).last().isEqualTo("finished: \"36 files in 3 nights\"");
    }

    @Test
    void cancelsARun() throws Exception {
        play.run(ApproveAction::main);

        assertThat(threads("cancel 1")).containsExactly("cancelled");
        assertThat(threads("cancel 1")).containsExactly("there is nothing to cancel");
        assertThat(threads("list")).last().asString().contains("cancelled");
    }

    @Test
    void writesATimelineThatNeedsNothingElse() throws Exception {
        play.run(EditDraft::main, "<script>alert('\"hello\"')</script>");
        Path file = dir.resolve("timeline.html");

        assertThat(threads("html edit-draft " + file)).containsExactly("written to " + file);

        assertThat(Files.readString(file))
                .contains("<h1>edit-draft</h1>", "finished", "EditDraft.invite")
                .contains("&lt;script&gt;alert(")
                .doesNotContain("<script", "http:", "https:", "src=", "url(", "@import");
    }

    @Test
    void drawsWhatRanAtTheSameTimeFromOneMomentOn() throws Exception {
        play.run(Parallelization::main);
        Path file = dir.resolve("timeline.html");

        threads("html parallelization " + file);

        List<double[]> bars = Pattern.compile("class=\"bar\" style=\"left:([\\d.]+)%;width:([\\d.]+)%")
                .matcher(Files.readString(file))
                .results()
                .map(bar -> new double[] {Double.parseDouble(bar.group(1)), Double.parseDouble(bar.group(2))})
                .toList();
        double end = bars.subList(0, 3).stream()
                .mapToDouble(bar -> bar[0] + bar[1])
                .max()
                .orElseThrow();
        assertThat(bars).hasSize(4);
        assertThat(bars.get(3)[0]).isGreaterThanOrEqualTo(end - 0.01);
    }

    @Test
    void saysWhatItDoesNotFind() throws Exception {
        play.run(ApproveAction::main);
        AtomicInteger code = new AtomicInteger();

        List<String> printed = play.run(
                List.of("--db", play.database().toString(), "show", "nobody"),
                args -> code.set(ThreadsCommand.run(args)));

        assertThat(printed).containsExactly("there is no thread 'nobody'");
        assertThat(code).hasValue(1);
        assertThat(ThreadsCommand.run("--db", dir.resolve("missing.db").toString()))
                .isEqualTo(2);
        assertThat(dir.resolve("missing.db")).doesNotExist();
        assertThat(ThreadsCommand.run()).isEqualTo(2);
    }
}
