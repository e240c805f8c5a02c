package dev.clew.samples.expenses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ExpensesCommandTest {
    @TempDir
    private Path dir;

    @Test
    void stopsAtTheQuestionAndContinuesWithTheAnswer() throws Exception {
        Play play = Play.in(dir);

        List<String> parked = play.run(ExpensesCommand::main);
        List<String> answered = play.run(ExpensesCommand::main, "perhaps", "less 810", "approve");
        List<String> shown = play.run(ExpensesCommand::main);

        assertThat(parked)
                .contains("ran       extract#3  attempt 2", "     1028.66 euros  in all")
                .anyMatch(line -> line.startsWith("parked: "));
        assertThat(answered)
                .contains(
                        "'perhaps' is no answer to that",
                        "replayed  extract#3",
                        "      803.50 euros  in all",
                        "ran       pay#1")
                .contains("paid: 803.50 euros, approved by Dido; times that the bank booked it: 1")
                .noneMatch(line -> line.startsWith("ran       extract"));
        assertThat(shown)
                .contains("paid: 803.50 euros, approved by Dido; times that the bank booked it: 1")
                .noneMatch(line -> line.startsWith("ran "));
    }

    @Test
    void asksTheNextManagerWhenTheDeadlineHasPassedBetweenTwoProcesses() throws Exception {
        List<String> args = List.of("--db", dir.resolve("samples.db").toString(), "--deadline", "1ms");

        List<String> first = Play.in(dir).run(args, ExpensesCommand::main, "approve", "reject too dear");

        assertThat(first).anyMatch(line -> line.startsWith("Minos, do you pay this?"));
    }

    @Test
    void printsTheAddressOfTheInspector() throws Exception {
        List<String> args = List.of("--db", dir.resolve("samples.db").toString(), "--inspect");

        assertThat(Play.in(dir).run(args, ExpensesCommand::main))
                .anyMatch(line -> line.contains("/clew/#/threads/expenses-crete"));
    }

    @Test
    void refusesADecisionThatIsNone() {
        assertThat(Desk.decision("approve all")).isEmpty();
        assertThat(Desk.decision("less")).isEmpty();
        assertThat(Desk.decision("less 0.001")).isEmpty();
        assertThat(Desk.decision("less 12.50")).contains(new Decision.AskForLess(new Euros(12_50)));
    }
}
