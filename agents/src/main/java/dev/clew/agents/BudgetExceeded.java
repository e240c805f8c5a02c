package dev.clew.agents;

import dev.clew.interrupt.InterruptKey;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * The question whether a model may be asked although a budget does not allow it. Nothing was asked yet.
 *
 * <pre>{@code
 * for (var question : pause.all(Budget.EXCEEDED)) answers.add(question.answer(BudgetDecision.end()));
 * }</pre>
 *
 * @param budget the budget: {@code tokens.run}, {@code calls.thread}, {@code money.run} and so on
 * @param spent what was spent
 * @param reserved what the call may cost at most, as far as that is known: its request, and the longest answer
 * @param limit the limit
 */
public record BudgetExceeded(String budget, BigDecimal spent, BigDecimal reserved, BigDecimal limit) {
    /** The question: its name is {@code budget_exceeded}. */
    public static final InterruptKey<BudgetExceeded, BudgetDecision> KEY =
            InterruptKey.of("budget_exceeded", BudgetExceeded.class, BudgetDecision.class);

    /** Checks that nothing is missing. */
    public BudgetExceeded {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(spent, "spent");
        Objects.requireNonNull(reserved, "reserved");
        Objects.requireNonNull(limit, "limit");
    }
}
