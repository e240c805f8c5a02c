package dev.clew.agents;

import dev.clew.graph.Changes;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Usage;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelRequest;
import dev.clew.model.TokenEstimate;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFailedException;
import dev.clew.tools.Cost;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls models for one execution of the model's node, counts what that costs, and asks before a call that a budget does not allow.
 * All of it is made of what is recorded, so that a replay counts the same.
 */
final class Meter {
    private static final TypeRef<Checked> CHECKED = TypeRef.of(Checked.class);

    private final AgentParts parts;
    private final Scope scope;
    private final NodeHook hook;
    private final Set<String> callIds;
    private final Spending before;

    private final List<SpendingLimit> limits;
    private final Map<String, BigDecimal> raised;
    private final Map<String, BigDecimal> raisedForRun;
    private Cost spent = Cost.NONE;
    private int checks;

    Meter(AgentParts parts, Scope scope, NodeHook hook, Set<String> callIds) {
        this.parts = parts;
        this.scope = scope;
        this.hook = hook;
        this.callIds = callIds;
        FoldedState state = (FoldedState) hook.state();
        this.before = state.spending();
        this.limits = state.bound(parts.budgets());
        this.raised = new LinkedHashMap<>(state.raised(true));
        this.raisedForRun = new LinkedHashMap<>(state.raised(false));
    }

    /** Asks the model for an answer. */
    AiMessage call(ModelClient model, ModelRequest request) {
        return metered(model, request, () -> parts.step().call(scope, model, request, callIds));
    }

    /** Asks the model for a middleware. */
    AiMessage aside(String step, ModelClient model, ModelRequest request) {
        return metered(model, request, () -> parts.step().aside(step, scope, model, request));
    }

    /** What the run cost until now. */
    Cost spentInRun() {
        return before.run().plus(spent);
    }

    /** These changes, and what was spent. */
    Changes<AgentState> into(Changes<AgentState> changes) {
        Changes<AgentState> all =
                spent.equals(Cost.NONE) ? changes : changes.add(StateComponents.SPENDING, SpendingUpdate.of(spent));
        FoldedState state = (FoldedState) hook.state();
        if (!raised.equals(state.raised(true))) {
            all = all.set(StateComponents.RAISED, Map.copyOf(raised));
        }
        return raisedForRun.equals(state.raised(false))
                ? all
                : all.set(StateComponents.RAISED_FOR_RUN, Map.copyOf(raisedForRun));
    }

    private interface Step {
        AiMessage call();
    }

    private AiMessage metered(ModelClient model, ModelRequest request, Step step) {
        long input = TokenEstimate.of(request);
        for (SpendingLimit limit : limits) {
            require(limit, reserved(model, request, input));
        }
        try {
            AiMessage answer = step.call();
            FailedAttempts failed = FailedAttempts.of(answer);
            spend(model, answer, failed.usage(input));
            Usage reported = answer.usage();
            spend(
                    model,
                    answer,
                    reported == null ? new Usage(input, TokenEstimate.of(answer), 0, 0, 0, true) : reported);
            spent = spent.plus(new Cost(Usage.NONE, 1, BigDecimal.ZERO));
            return FailedAttempts.without(answer);
        } catch (TaskFailedException failed) {
            spend(model, null, new FailedAttempts(failed.failure().attempts(), 0).usage(input));
            spent = spent.plus(new Cost(Usage.NONE, 1, BigDecimal.ZERO));
            throw failed;
        }
    }

    private void spend(ModelClient model, @Nullable AiMessage answer, Usage usage) {
        spent = spent.plus(new Cost(usage, 0, price(model, answer, usage)));
    }

    private BigDecimal price(ModelClient model, @Nullable AiMessage answer, Usage usage) {
        Pricing pricing = parts.pricing();
        String name = answer == null ? null : answer.modelName();
        return pricing == null || usage.equals(Usage.NONE)
                ? BigDecimal.ZERO
                : pricing.of(
                        Objects.requireNonNullElseGet(
                                name, () -> model.profile().model()),
                        usage);
    }

    /** What a call may cost: its request, and the longest answer if the request limits that. */
    private Cost reserved(ModelClient model, ModelRequest request, long input) {
        Integer longest = request.settings().maxOutputTokens();
        Usage most = new Usage(input, longest == null ? 0 : longest, 0, 0, 0, true);
        return new Cost(most, 1, price(model, null, most));
    }

    /**
     * What was found of a call.
     *
     * @param exceeded what is asked; null if it fits
     */
    record Checked(@Nullable BudgetExceeded exceeded) {}

    /** What is found is noted, because limit, prices and estimate are code, which may change under a parked run. */
    private void require(SpendingLimit limit, Cost reserved) {
        while (true) {
            BudgetExceeded exceeded = scope.note(
                            "budget " + limit.name() + " " + checks++, CHECKED, () -> checked(limit, reserved))
                    .exceeded();
            if (exceeded == null) {
                return;
            }
            BigDecimal more = hook.run().interrupt(BudgetExceeded.KEY, exceeded).limit();
            if (more == null) {
                throw new BudgetSpentException("the budget '" + limit.name() + "' of "
                        + exceeded.limit().toPlainString() + " is spent: "
                        + exceeded.spent().toPlainString() + " were used");
            }
            raised(limit).put(limit.name(), more);
        }
    }

    private Checked checked(SpendingLimit limit, Cost reserved) {
        BigDecimal used = limit.spent(before).add(limit.of(spent));
        BigDecimal wanted = limit.of(reserved);
        BigDecimal most = raised(limit).getOrDefault(limit.name(), limit.most());
        return new Checked(
                used.add(wanted).compareTo(most) <= 0 ? null : new BudgetExceeded(limit.name(), used, wanted, most));
    }

    private Map<String, BigDecimal> raised(SpendingLimit limit) {
        return limit.isPerThread() ? raised : raisedForRun;
    }
}
