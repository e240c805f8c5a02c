package dev.clew.samples.expenses;

import dev.clew.annotations.Cached;
import dev.clew.annotations.Effect;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads an expense report, checks it, asks one manager after the other, and pays it once. */
public class ExpenseFlow {
    /** What a manager is asked. */
    public record Approval(String manager, Report report, Claim claim) {}

    public static final InterruptKey<Approval, Decision> APPROVAL =
            InterruptKey.of("approval", Approval.class, Decision.class);

    private final Policy policy;
    private final Receipts receipts;
    private final Rates rates;
    private final Bank bank;
    private final Mail mail;

    ExpenseFlow(Policy policy, Receipts receipts, Rates rates, Bank bank, Mail mail) {
        this.policy = policy;
        this.receipts = receipts;
        this.rates = rates;
        this.bank = bank;
        this.mail = mail;
    }

    /** The rules of the day. A task, so a report keeps the rules with which it began. */
    @Task
    Policy policy() {
        return policy;
    }

    /** Asks a model. Each failed attempt is in the log, and so is the answer, which is never paid for twice. */
    @Task(retry = @Retry(retryOn = IOException.class, maxAttempts = 4, initialInterval = "PT0.2S"), timeout = "PT2M")
    Item extract(String receipt, TaskContext context) throws IOException, InterruptedException {
        return receipts.read(receipt, context.attempt());
    }

    /** Other reports use the same rate for an hour. */
    @Task(cache = @Cached(ttl = "PT1H"), retry = @Retry)
    Rate rate(String currency) throws IOException, InterruptedException {
        return rates.of(currency);
    }

    @Task
    List<Finding> overLimit(List<Expense> expenses, Policy rules) {
        return Checks.overLimit(expenses, rules);
    }

    @Task
    List<Finding> duplicates(List<Expense> expenses) {
        return Checks.duplicates(expenses);
    }

    @Task
    List<Finding> withoutNumber(List<Expense> expenses) {
        return Checks.withoutNumber(expenses);
    }

    /** Pays once. If a process died here, the bank is asked for the payment before it is made again. */
    @Task(effect = Effect.ONCE, reconcile = "payment", notDone = Bank.Declined.class, settle = "PT1S")
    String pay(Euros amount, TaskContext context) throws IOException, InterruptedException, Bank.Declined {
        return bank.pay(context.effectId(), amount);
    }

    /** The payment that an attempt made, if it made one: the bank knows it by its key. */
    Optional<String> payment(Euros amount, TaskContext context) throws IOException {
        return bank.find(context.effectId());
    }

    /** Sends a message. It may come twice if a process dies here; that does no harm. */
    @Task(retry = @Retry(retryOn = IOException.class))
    void tell(String person, String text) throws IOException, InterruptedException {
        mail.send(person, text);
    }

    @Entrypoint
    Outcome reimburse(Report report, ExpenseFlowTasks tasks, Run run) {
        Policy rules = tasks.policy().join();
        Claim claim = read(report, rules, tasks);
        for (int level = 0; ; ) {
            String manager = rules.managers().get(level);
            Optional<Decision> said = rules.isLast(level)
                    ? Optional.of(run.interrupt(APPROVAL, new Approval(manager, report, claim)))
                    : run.interrupt(APPROVAL, new Approval(manager, report, claim), rules.deadline());
            if (said.isEmpty()) {
                level++; // the deadline has passed: the next manager is asked
                tasks.tell(manager, "too late; the next one decides").join();
            } else if (said.get() instanceof Decision.AskForLess less) {
                claim = claim.atMost(less.most());
            } else if (said.get() instanceof Decision.Reject reject) {
                tasks.tell(report.employee(), "rejected: " + reject.why()).join();
                return new Outcome.Rejected(manager, reject.why());
            } else {
                String payment = tasks.pay(claim.total()).join();
                tasks.tell(report.employee(), claim.total() + " are paid").join();
                return new Outcome.Paid(claim.total(), manager, payment);
            }
        }
    }

    /** Reads all receipts at the same time, and makes all checks at the same time. */
    private static Claim read(Report report, Policy rules, ExpenseFlowTasks tasks) {
        var items =
                TaskFuture.allOf(report.receipts().stream().map(tasks::extract).toList());
        var currencies = items.stream().map(Item::currency).distinct();
        var rates = TaskFuture.allOf(currencies.map(tasks::rate).toList());
        List<Expense> expenses = Expense.of(items, rates);
        return Claim.of(
                expenses,
                TaskFuture.allOf(List.of(
                        tasks.overLimit(expenses, rules), tasks.duplicates(expenses), tasks.withoutNumber(expenses))));
    }
}
