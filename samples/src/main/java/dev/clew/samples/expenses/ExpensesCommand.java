package dev.clew.samples.expenses;

import dev.clew.Graph;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.queue.Worker;
import dev.clew.samples.shared.Terminal;
import dev.clew.server.AgentServer;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The main sample: an expense report. A model reads the receipts, checks run in parallel, a manager decides or the next one is
 * asked, and the money leaves once. Kill it anywhere; the same command continues.
 */
public final class ExpensesCommand {
    private final Options options;
    private final Bank bank;

    private ExpensesCommand(Options options) {
        this.options = options;
        this.bank = new Bank(options.beside(".bank"), options.pace());
    }

    public static void main(String... args) throws IOException {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            new ExpensesCommand(Options.parse(args)).run();
        } catch (Options.UsageException wrong) {
            System.err.println("expenses: " + wrong.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
        }
    }

    private void run() throws IOException {
        ExpenseFlow flow = new ExpenseFlow(
                Policy.of(options.deadline()),
                Receipts.ofSample(options.pace()),
                new Rates(options.pace()),
                bank,
                new Mail(options.beside(".outbox"), options.pace()));
        try (var db = Sqlite.open(options.db());
                var graph = ExpenseFlowGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .cache(db.cache())
                        .durability(Durability.SYNC)
                        .worker(Worker.of("default")) // executes what the inspector asks for
                        .listener(new Progress())
                        .build()) {
            if (options.inspect()) {
                inspect(graph, db);
            } else {
                reimburse(graph.reimburse());
            }
        }
    }

    private void reimburse(Workflow<Report, Outcome> reimburse) throws IOException {
        RunConfig job = RunConfig.once("expenses-" + options.report()); // starts it, joins it, or continues it
        Optional<RunResult<Outcome>> result = Optional.of(begin(reimburse, job));
        while (result.isPresent() && result.get() instanceof Interrupted<Outcome> pause) {
            result = answer(reimburse, job, pause);
        }
        if (result.isPresent()) {
            System.out.println("\n" + describe(result.get().value()));
            System.out.println("This report is finished; --report NAME begins another one.");
        }
    }

    /** Starts the report, or continues it. If it failed or died often, a person gave the command again: so it is tried again. */
    private static RunResult<Outcome> begin(Workflow<Report, Outcome> reimburse, RunConfig job) {
        try {
            return reimburse.invoke(Report.example(), job);
        } catch (ThreadStuckException diedOften) {
            return reimburse.invoke(Command.proceed(), job);
        } catch (WorkflowFailedException failed) {
            System.out.println("trying again what failed: " + failed.failure().message());
            return reimburse.invoke(Command.proceed(), job);
        }
    }

    /** Asks the manager, and goes on with the answer; empty if no person is there to give one. */
    private static Optional<RunResult<Outcome>> answer(
            Workflow<Report, Outcome> reimburse, RunConfig job, Interrupted<Outcome> pause) {
        var question = pause.only(ExpenseFlow.APPROVAL);
        Optional<Decision> decision = Desk.ask(question);
        if (decision.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reimburse.invoke(question.answer(decision.get()), job));
        } catch (AnswerRefusedException late) {
            System.out.println("too late: " + late.why());
            return Optional.of(reimburse.invoke(Report.example(), job));
        }
    }

    private String describe(Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Rejected rejected) {
            return "not paid: " + rejected.by() + " says: " + rejected.why();
        }
        Outcome.Paid paid = (Outcome.Paid) outcome;
        long times = bank.bookings().stream()
                .filter(booking -> booking.key().equals(paid.payment()))
                .count();
        return "paid: " + paid.amount() + ", approved by " + paid.approvedBy() + "; times that the bank booked it: "
                + times;
    }

    private void inspect(Graph graph, Sqlite db) {
        try (var server = AgentServer.builder()
                .graph(graph)
                .store(db.store())
                .port(0)
                .dev()
                .start()) {
            System.out.println("look at the report, and answer it, at " + server.uri() + "/clew/#/threads/expenses-"
                    + options.report());
            boolean unused = Terminal.ask("Press Enter to end.").isPresent();
        }
    }
}
