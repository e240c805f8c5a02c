package dev.clew.agents;

import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.task.TaskFailedException;
import dev.clew.tools.BoundTool;
import dev.clew.tools.Cost;
import dev.clew.tools.ToolResult;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tool that is a graph, such as another agent. It may spend what is left of the budgets, and what failed attempts cost
 * counts with the last one.
 *
 * <p>Both are noted in the scope of the call: limits are code, which may change under a parked run, and an attempt that failed
 * leaves nothing else.
 *
 * @param tool the tool
 * @param parts those of the agent that calls it
 * @param state that in which it does
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record GraphCall(BoundTool tool, AgentParts parts, FoldedState state) {
    private static final TypeRef<Allowance> ALLOWANCE = TypeRef.of(Allowance.class);
    private static final TypeRef<Cost> COST = TypeRef.of(Cost.class);

    ToolResult<?> run(TaskCall attempt) throws Throwable {
        Scope scope = attempt.scope();
        int number = attempt.run().attempt();
        Cost before = failed(scope, number);
        List<SpendingLimit> limits = state.bound(parts.budgets());
        Allowance left = scope.note(
                "allowance " + number,
                ALLOWANCE,
                () -> Allowance.of(limits, state).less(parts.priced(before)));
        try {
            ToolResult<?> result = tool.run(
                    attempt.<Map<String, @Nullable Object>>arg(0),
                    attempt,
                    input -> input instanceof AgentInput said ? said.within(left) : input);
            return result.cost(result.cost().plus(before));
        } catch (TaskFailedException failed) {
            Cost cost = SpentCause.of(failed.failure());
            scope.note(key(number), COST, () -> cost);
            throw SpentCause.in(failed, before.plus(cost));
        }
    }

    /** What the attempts before this one cost. */
    private static Cost failed(Scope scope, int number) {
        Cost all = Cost.NONE;
        for (int i = 1; i < number; i++) {
            if (scope.isNoted(key(i))) {
                all = all.plus(scope.note(key(i), COST, () -> Cost.NONE));
            }
        }
        return all;
    }

    private static String key(int attempt) {
        return "spent " + attempt;
    }
}
