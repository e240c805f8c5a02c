package dev.clew.tools;

import dev.clew.messages.Usage;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * What calls of models cost together. Immutable.
 *
 * <pre>{@code
 * return ToolResult.of(text).cost(Cost.of(answer.usage()));
 * }</pre>
 *
 * @param usage the tokens
 * @param modelCalls how often a model was asked
 * @param money the price, in the currency of the agent's {@code Pricing}; 0 if it has none
 */
public record Cost(Usage usage, int modelCalls, BigDecimal money) {
    /** Nothing. */
    public static final Cost NONE = new Cost(Usage.NONE, 0, BigDecimal.ZERO);

    /** Checks that nothing is negative. */
    public Cost {
        Objects.requireNonNull(usage, "usage");
        if (modelCalls < 0 || money.signum() < 0) {
            throw new IllegalArgumentException("a cost is not negative: " + modelCalls + " calls, " + money);
        }
    }

    /** Returns the cost of one call of a model, without a price. */
    public static Cost of(Usage usage) {
        return new Cost(usage, 1, BigDecimal.ZERO);
    }

    /** Returns the sum of both. */
    public Cost plus(Cost other) {
        return new Cost(usage.plus(other.usage), modelCalls + other.modelCalls, money.add(other.money));
    }
}
