package dev.clew.agents.middleware;

import dev.clew.agents.AgentState;
import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.Verdict;
import dev.clew.messages.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says by the names of tools which calls are executed, which a person is asked about, and which are not executed. In a pattern
 * {@code *} stands for anything. The first rule whose pattern fits decides; a call that none fits is treated as {@link
 * #otherwiseAsk} or {@link #otherwiseDeny} say, and else allowed.
 *
 * <pre>{@code
 * Permissions.allow("github__get_*").ask("github__*").deny("*delete*").otherwiseAsk()
 * }</pre>
 */
public final class Permissions implements Middleware {
    private enum Effect {
        ALLOW,
        ASK,
        DENY
    }

    private record Rule(Effect effect, String pattern, BiPredicate<ToolCall, AgentState> condition) {
        boolean fits(ToolCall call, AgentState state) {
            String regex =
                    Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            return call.name().matches(regex) && condition.test(call, state);
        }
    }

    private final List<Rule> rules;
    private final Effect otherwise;

    private Permissions(List<Rule> rules, Effect otherwise) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
    }

    /** Returns permissions without rules, which allow everything. */
    public static Permissions none() {
        return new Permissions(List.of(), Effect.ALLOW);
    }

    /** Returns the same permissions, and a rule that allows calls of these tools. */
    public Permissions allow(String... patterns) {
        return with(Effect.ALLOW, (call, state) -> true, patterns);
    }

    /** Returns the same permissions, and a rule that asks a person about calls of these tools. */
    public Permissions ask(String... patterns) {
        return with(Effect.ASK, (call, state) -> true, patterns);
    }

    /** Returns the same permissions, and a rule that denies calls of these tools. */
    public Permissions deny(String... patterns) {
        return with(Effect.DENY, (call, state) -> true, patterns);
    }

    /** Returns the same permissions, and a rule that denies calls of a tool if a condition holds. */
    public Permissions denyIf(String pattern, BiPredicate<? super ToolCall, ? super AgentState> condition) {
        return with(Effect.DENY, condition::test, pattern);
    }

    /** Returns the same permissions, and a rule that asks a person about calls of a tool if a condition holds. */
    public Permissions askIf(String pattern, BiPredicate<? super ToolCall, ? super AgentState> condition) {
        return with(Effect.ASK, condition::test, pattern);
    }

    /** Returns the same permissions, which ask a person about calls that no rule fits. */
    public Permissions otherwiseAsk() {
        return new Permissions(rules, Effect.ASK);
    }

    /** Returns the same permissions, which deny calls that no rule fits. */
    public Permissions otherwiseDeny() {
        return new Permissions(rules, Effect.DENY);
    }

    private Permissions with(Effect effect, BiPredicate<ToolCall, AgentState> condition, String... patterns) {
        List<Rule> more = new ArrayList<>(rules);
        for (String pattern : patterns) {
            more.add(new Rule(effect, pattern, condition));
        }
        return new Permissions(more, otherwise);
    }

    @Override
    public void install(Hooks hooks) {
        hooks.gate((call, state, context) -> {
            Effect effect = rules.stream()
                    .filter(rule -> rule.fits(call, state))
                    .findFirst()
                    .map(Rule::effect)
                    .orElse(otherwise);
            return switch (effect) {
                case ALLOW -> Verdict.allow();
                case ASK -> Verdict.ask("Execute '" + call.name() + "'?");
                case DENY -> Verdict.deny("not executed: '" + call.name() + "' is not permitted here");
            };
        });
    }
}
