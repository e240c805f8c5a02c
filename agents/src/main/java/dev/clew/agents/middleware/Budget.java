package dev.clew.agents.middleware;

import dev.clew.agents.BudgetDecision;
import dev.clew.agents.BudgetExceeded;
import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.Pricing;
import dev.clew.agents.SpendingLimit;
import dev.clew.interrupt.InterruptKey;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Limits what models may cost: tokens, calls or money. A call is started only if what was spent, its request and its longest
 * answer fit; else the run asks {@link #EXCEEDED}: a higher limit, or the end.
 *
 * <pre>{@code
 * .middleware(Budget.tokens(200_000), Budget.money("2.50", prices).perThread())
 * }</pre>
 *
 * <p>Spent is the sum of what is recorded: answers, summaries, failed attempts (estimated), and agents that are tools, once they
 * have answered or failed. Such an agent may spend what was left when its call began; its own budgets count where they are lower.
 * What was spent is part of the state, so a replay counts the same, and a fork begins with what was spent at its point. An
 * attempt that a crash cut off is not counted. Give requests a {@code maxOutputTokens}: without one only the request is reserved,
 * and the answer may exceed the limit.
 */
public final class Budget implements Middleware {
    /** The question, before the call that does not fit. */
    public static final InterruptKey<BudgetExceeded, BudgetDecision> EXCEEDED = BudgetExceeded.KEY;

    private final SpendingLimit limit;
    private final @Nullable Pricing pricing;

    private Budget(SpendingLimit limit, @Nullable Pricing pricing) {
        this.limit = limit;
        this.pricing = pricing;
    }

    /** Returns a budget of tokens for each run, those of requests and answers together. */
    public static Budget tokens(long most) {
        return new Budget(new SpendingLimit(SpendingLimit.Unit.TOKENS, BigDecimal.valueOf(most), false), null);
    }

    /** Returns a budget of calls of models for each run, those for summaries and of agents that are tools included. */
    public static Budget calls(int most) {
        return new Budget(new SpendingLimit(SpendingLimit.Unit.CALLS, BigDecimal.valueOf(most), false), null);
    }

    /** Returns a budget of money for each run. All budgets of an agent have the same prices. */
    public static Budget money(BigDecimal most, Pricing prices) {
        return new Budget(new SpendingLimit(SpendingLimit.Unit.MONEY, most, false), prices);
    }

    /** {@link #money(BigDecimal, Pricing)} for a number as text, such as {@code "2.50"}. */
    public static Budget money(String most, Pricing prices) {
        return money(new BigDecimal(most), prices);
    }

    /** Returns the same budget for all runs of a thread together. */
    public Budget perThread() {
        return new Budget(new SpendingLimit(limit.unit(), limit.most(), true), pricing);
    }

    /** There may be one for each unit, for runs and for threads. */
    @Override
    public String name() {
        return "Budget." + limit.name();
    }

    @Override
    public void install(Hooks hooks) {
        if (pricing != null) {
            hooks.pricing(pricing);
        }
        hooks.limitSpending(limit);
    }
}
