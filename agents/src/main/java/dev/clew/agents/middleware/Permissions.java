package dev.clew.agents.middleware;

import dev.clew.agents.AgentState;
import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.Verdict;
import dev.clew.messages.ToolCall;
import dev.clew.tools.ToolRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says by the names of tools which calls are executed, which a person is asked about, and which are not executed. In a pattern
 * {@code *} stands for anything. Of the rules that fit a call, one that denies beats those that ask, and these beat those that
 * allow, in whatever order they were given; a call that none fits is treated as {@link #otherwiseAsk} or {@link #otherwiseDeny}
 * say, and else allowed. A name without {@code *} is that of a tool of the agent: another one is refused when the agent is built.
 *
 * <pre>{@code
 * Permissions.none().allow("github__get_*").deny("*delete*").otherwiseAsk()
 * }</pre>
 */
public final class Permissions implements Middleware {
    /** The later ones beat those before. */
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

    /** There may be several, with other rules. */
    @Override
    public String name() {
        return rules.stream()
                .map(rule -> "." + rule.effect().name().toLowerCase(Locale.ROOT) + "(" + rule.pattern() + ")")
                .collect(Collectors.joining("", "Permissions", ""));
    }

    @Override
    public void install(Hooks hooks) {
        hooks.about(rules.stream()
                .map(Rule::pattern)
                .filter(pattern -> !pattern.contains("*"))
                .map(ToolRef::of)
                .toArray(ToolRef[]::new));
        hooks.gate((call, state, context) -> {
            Effect effect = rules.stream()
                    .filter(rule -> rule.fits(call, state))
                    .map(Rule::effect)
                    .max(Comparator.naturalOrder())
                    .orElse(otherwise);
            return switch (effect) {
                case ALLOW -> Verdict.allow();
                case ASK -> Verdict.ask("Execute '" + call.name() + "'?");
                case DENY -> Verdict.deny("not executed: '" + call.name() + "' is not permitted here");
            };
        });
    }
}
