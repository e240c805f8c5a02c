package dev.clew.agents;

import dev.clew.messages.Usage;
import java.math.BigDecimal;

/**
 * Says what tokens of a model cost. A pure function: what it says is recorded with the call, so a price that changes later
 * changes nothing that was spent.
 *
 * <pre>{@code
 * Pricing prices = (model, usage) -> BigDecimal.valueOf(usage.input() * 3 + usage.output() * 15).movePointLeft(6);
 * }</pre>
 */
@FunctionalInterface
public interface Pricing {
    /**
     * Returns the price.
     *
     * @param model the name of the model, as its answer or else its profile has it; empty if neither has
     * @param usage the tokens
     */
    BigDecimal of(String model, Usage usage);
}
