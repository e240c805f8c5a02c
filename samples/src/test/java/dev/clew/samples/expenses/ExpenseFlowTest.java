package dev.clew.samples.expenses;

import static dev.clew.samples.expenses.ExpenseFlow.APPROVAL;
import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.GraphBuilder;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ExpenseFlowTest {
    private static final Pace PACE = new Pace(Duration.ZERO);
    private static final Decision APPROVE = new Decision.Approve();

    @TempDir
    private Path dir;

    private Bank bank;
    private int banks;

    @BeforeEach
    void openTheBooks() {
        bank = new Bank(dir.resolve("bank"), PACE);
    }

    @ClewTest({MEMORY, SQLITE})
    void asksTheNextManagerWhenTheDeadlinePassesAndPaysWhatIsLeft(Lab lab) {
        var report = reimburse(lab);
        report.invoke(Report.example());
        lab.clock().advance(Duration.ofHours(49));
        lab.crash();

        report.answer(APPROVAL, new Decision.AskForLess(new Euros(800_00)));
        lab.crashAfter("pay");
        Outcome outcome = report.answer(APPROVAL, APPROVE).value();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Paid.class, paid -> {
            assertThat(paid.approvedBy()).isEqualTo("Minos");
            assertThat(paid.amount().cents()).isLessThanOrEqualTo(800_00);
        });
        assertThat(bookings()).hasSize(1);
    }

    @ClewTest
    void asksTheModelAgainIfItWritesNoItem(Lab lab) {
        assertThat(reimburse(lab).invoke(Report.example())).executed("extract", 6);
    }

    @ClewTest
    void paysNothingThatIsRejected(Lab lab) throws IOException {
        var report = reimburse(lab);
        report.invoke(Report.example());

        assertThat(report.answer(APPROVAL, new Decision.Reject("no wine")))
                .isCompletedWith(new Outcome.Rejected("Dido", "no wine"));
        assertThat(bookings()).isEmpty();
        assertThat(Files.readAllLines(dir.resolve("outbox"))).containsExactly("Ariadne: rejected: no wine");
    }

    @ClewTest
    void paysOnceWhereverItsProcessCrashes(Lab lab) {
        Outcome outcome = lab.crashEverywhere(fresh -> {
            bank = new Bank(dir.resolve("bank-" + ++banks), PACE); // each program begins with empty books
            var report = reimburse(fresh);
            report.invoke(Report.example());
            Outcome end = report.answer(APPROVAL, APPROVE).value();
            assertThat(bookings()).hasSize(1);
            return end;
        });

        assertThat(outcome).isInstanceOf(Outcome.Paid.class);
    }

    private TestWorkflow<Report, Outcome> reimburse(Lab lab) {
        return lab.graph(this::graph).workflow(ExpenseFlowGraph::reimburse);
    }

    private GraphBuilder<ExpenseFlowGraph> graph() {
        return ExpenseFlowGraph.builder(new ExpenseFlow(
                Policy.of(Duration.ofHours(48)),
                Receipts.ofSample(PACE),
                new Rates(PACE),
                bank,
                new Mail(dir.resolve("outbox"), PACE)));
    }

    private List<Bank.Booking> bookings() {
        try {
            return bank.bookings();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
