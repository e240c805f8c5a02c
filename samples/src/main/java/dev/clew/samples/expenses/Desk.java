package dev.clew.samples.expenses;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.samples.expenses.ExpenseFlow.Approval;
import dev.clew.samples.shared.Terminal;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Where a manager sits: shows a claim at the terminal, and reads the decision. */
final class Desk {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private Desk() {}

    /** The manager's decision; empty if no person is there to give one. */
    static Optional<Decision> ask(PendingInterrupt<Approval, Decision> question) {
        Approval approval = question.value();
        System.out.println(
                "\n" + approval.report().purpose() + ", by " + approval.report().employee());
        approval.claim().lines().forEach(Desk::print);
        System.out.printf(Locale.ROOT, "%18s  in all%n", approval.claim().total());
        String until = question.deadline()
                .map(end -> " (until " + TIME.format(end) + ")")
                .orElse("");
        return Terminal.askOrPark(
                approval.manager() + ", do you pay this?" + until + "  approve | less AMOUNT | reject WHY",
                Desk::decision);
    }

    private static void print(Claim.Line line) {
        Item item = line.expense().item();
        System.out.printf(Locale.ROOT, "%18s  %s%n", line.expense().euros(), item.what());
        line.problems().forEach(problem -> System.out.println(" ".repeat(20) + "! " + problem));
    }

    /** Reads a decision, and nothing else: money must not leave by a slip. */
    static Optional<Decision> decision(String line) {
        String[] words = line.split(" +", 2);
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "approve" -> words.length == 1 ? Optional.of(new Decision.Approve()) : Optional.empty();
            case "reject" -> Optional.of(new Decision.Reject(words.length == 1 ? "without a reason" : words[1]));
            case "less" -> words.length == 1 ? Optional.empty() : less(words[1]);
            default -> Optional.empty();
        };
    }

    private static Optional<Decision> less(String amount) {
        try {
            return Optional.of(new Decision.AskForLess(
                    new Euros(new BigDecimal(amount).movePointRight(2).intValueExact())));
        } catch (ArithmeticException | IllegalArgumentException noAmount) {
            return Optional.empty();
        }
    }
}
