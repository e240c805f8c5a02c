package dev.clew.samples.payments;

import dev.clew.annotations.Effect;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.TaskContext;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pays invoices, and is killed three times while it does: before the bank has booked, after it has and before the receipt is
 * stored, and while it pays by cheque, of which nobody can ask the bank. Each invoice is paid once.
 */
public class Payments {
    private static final RunConfig BEFORE = RunConfig.once("killed before it is booked");
    private static final RunConfig AFTER = RunConfig.once("killed after it is booked");
    private static final RunConfig CHEQUE = RunConfig.once("killed with a cheque in hand");

    record Invoice(String id, int euros) {}

    record Receipt(String key, int euros) {}

    /** At which point the process is killed; null in one that is not. */
    interface Trouble {
        void at(String point);
    }

    private final Bank bank;
    private final Trouble trouble;

    Payments(Bank bank, Trouble trouble) {
        this.bank = bank;
        this.trouble = trouble;
    }

    @Task(effect = Effect.ONCE, reconcile = "found", notDone = Bank.Declined.class, settle = "PT1S")
    Receipt pay(Invoice invoice, TaskContext context) throws IOException, Bank.Declined {
        trouble.at("before it is booked");
        Receipt receipt = bank.pay(invoice, context.effectId());
        trouble.at("after it is booked");
        return receipt;
    }

    /** Asks the bank what became of a payment: it knows its key, whichever process sent it. */
    Optional<Receipt> found(Invoice invoice, TaskContext context) throws IOException {
        System.out.println("asking the bank for " + context.effectId());
        return bank.find(context.effectId());
    }

    @Task(effect = Effect.ONCE)
    Receipt payByCheque(Invoice invoice, TaskContext context) {
        trouble.at("with a cheque in hand");
        return new Receipt(context.effectId(), invoice.euros());
    }

    @Entrypoint
    Receipt transfer(Invoice invoice, PaymentsTasks tasks) {
        return tasks.pay(invoice).join();
    }

    @Entrypoint
    Receipt cheque(Invoice invoice, PaymentsTasks tasks) {
        return tasks.payByCheque(invoice).join();
    }

    public static void main(String... args) throws IOException, InterruptedException {
        Path db = Terminal.database(args).toAbsolutePath();
        if (List.of(args).contains("--until")) {
            execute(db, args[args.length - 1]);
            return;
        }
        Bank bank = bank(db);
        try (var file = Sqlite.open(db);
                var graph = PaymentsGraph.builder(new Payments(bank, point -> {}))
                        .checkpointer(file.checkpointer())
                        .build()) {
            pay(graph.transfer(), BEFORE, new Invoice("A", 100), db);
            pay(graph.transfer(), AFTER, new Invoice("B", 200), db);
            pay(graph.cheque(), CHEQUE, new Invoice("C", 300), db);
        }
        System.out.println("the bank's books:");
        bank.entries().forEach(entry -> System.out.println("  " + entry));
    }

    private static Bank bank(Path db) {
        return new Bank(db.resolveSibling(db.getFileName() + ".bank"));
    }

    /** Another process begins the payment and is killed; this one recovers it. */
    private static void pay(Workflow<Invoice, Receipt> workflow, RunConfig job, Invoice invoice, Path db)
            throws IOException, InterruptedException {
        String id = job.threadId().orElseThrow();
        System.out.println(id + ": invoice " + invoice.id() + " of " + invoice.euros() + " euros");
        if (workflow.state(job).steps().isEmpty()) {
            KilledProcess.runUntilItDies(db, id.replaceFirst("killed ", ""));
            System.out.println("  its process was killed (kill -9)");
        }
        // The same job once more: it continues the run that was left behind.
        RunResult<Receipt> result = workflow.invoke(invoice, job);
        if (result instanceof Interrupted<Receipt> asked) {
            for (var question : asked.all(PaymentsTasks.PAY_BY_CHEQUE_OUTCOME)) {
                Optional<Resolution<Receipt>> said = ask(question);
                if (said.isEmpty()) {
                    return;
                }
                result = workflow.invoke(Command.answers(question.answer(said.get())), job);
            }
        }
        System.out.println("  " + result.value());
    }

    private static Optional<Resolution<Receipt>> ask(PendingInterrupt<UnknownOutcome, Resolution<Receipt>> question) {
        UnknownOutcome what = question.value();
        System.out.println("  nobody knows whether " + what.step() + " happened: " + what.why());
        return Terminal.askOrPark("has the cheque arrived? (yes/no)", Terminal::yesOrNo)
                .map(arrived ->
                        arrived ? Resolution.succeeded(new Receipt(what.effectId(), 300)) : Resolution.runAgain());
    }

    /** The process that is killed: it kills itself, as the machine's power might, at the point that it is given. */
    private static void execute(Path db, String until) {
        Trouble trouble = point -> {
            if (point.equals(until)) {
                Runtime.getRuntime().halt(137);
            }
        };
        try (var file = Sqlite.open(db);
                var graph = PaymentsGraph.builder(new Payments(bank(db), trouble))
                        .checkpointer(file.checkpointer())
                        .build()) {
            if (until.equals("with a cheque in hand")) {
                graph.cheque().invoke(new Invoice("C", 300), CHEQUE);
            } else if (until.equals("after it is booked")) {
                graph.transfer().invoke(new Invoice("B", 200), AFTER);
            } else {
                graph.transfer().invoke(new Invoice("A", 100), BEFORE);
            }
        }
    }
}
