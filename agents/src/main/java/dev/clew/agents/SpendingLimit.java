package dev.clew.agents;

import dev.clew.tools.Cost;
import dev.clew.value.IllegalRequestException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;

/**
 * How much calls of models may cost: {@link Hooks#limitSpending}.
 *
 * <pre>{@code
 * hooks.limitSpending(new SpendingLimit(SpendingLimit.Unit.TOKENS, BigDecimal.valueOf(100_000), false));
 * }</pre>
 *
 * @param unit what is counted
 * @param most how much of it
 * @param isPerThread whether that is over all runs of the thread
 */
public record SpendingLimit(Unit unit, BigDecimal most, boolean isPerThread) {
    /** What is counted. */
    public enum Unit {
        /** Tokens of requests and answers together. */
        TOKENS,
        /** Calls of models. */
        CALLS,
        /** Money, by the agent's {@link Pricing}. */
        MONEY;

        BigDecimal of(Cost cost) {
            return switch (this) {
                case TOKENS -> BigDecimal.valueOf(cost.usage().total());
                case CALLS -> BigDecimal.valueOf(cost.modelCalls());
                case MONEY -> cost.money();
            };
        }
    }

    /** Checks that the limit is not negative. */
    public SpendingLimit {
        Objects.requireNonNull(unit, "unit");
        if (most.signum() < 0) {
            throw new IllegalRequestException("a budget is not negative: " + most);
        }
    }

    /** Returns what names it in its question, and where a raised limit is kept: {@code tokens.run}. */
    public String name() {
        return unit.name().toLowerCase(Locale.ROOT) + (isPerThread ? ".thread" : ".run");
    }

    BigDecimal of(Cost cost) {
        return unit.of(cost);
    }

    BigDecimal spent(Spending spending) {
        return of(isPerThread ? spending.thread() : spending.run());
    }
}
