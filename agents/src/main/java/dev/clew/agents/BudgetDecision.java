package dev.clew.agents;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a run whose budget is spent. In JSON {@code {"limit": 200000}}, or {@code {"limit": null}} for the end.
 *
 * <pre>{@code
 * travel.invoke(question.answer(BudgetDecision.raiseTo(200_000)), thread);
 * }</pre>
 *
 * @param limit the new limit; null to end the run
 */
public record BudgetDecision(@Nullable BigDecimal limit) {
    /** Returns the decision to proceed under this limit, which holds as long as the budget counts: for the run, or the thread. */
    public static BudgetDecision raiseTo(BigDecimal limit) {
        return new BudgetDecision(limit);
    }

    /** {@link #raiseTo(BigDecimal)} for a whole number. */
    public static BudgetDecision raiseTo(long limit) {
        return new BudgetDecision(BigDecimal.valueOf(limit));
    }

    /** Returns the decision to end the run, with {@link End#LIMIT}. */
    public static BudgetDecision end() {
        return new BudgetDecision(null);
    }
}
