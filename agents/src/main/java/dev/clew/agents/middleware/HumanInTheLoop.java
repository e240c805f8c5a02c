package dev.clew.agents.middleware;

import dev.clew.agents.Approval;
import dev.clew.agents.Decision;
import dev.clew.agents.Decisions;
import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.ToolApproval;
import dev.clew.agents.ToolApprovals;
import dev.clew.agents.Verdict;
import dev.clew.interrupt.InterruptKey;
import dev.clew.tools.ToolRef;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a person before calls of some tools are executed: to approve, change or reject a call, or to give its result. Each call is
 * a question of its own, {@link #APPROVAL}, with the JSON of LangChain's {@code tool_approval}.
 *
 * <pre>{@code
 * Agent.builder("travel", model).tools(TravelTools.of(travel)).middleware(HumanInTheLoop.on(TravelTools.BOOK))
 * …
 * for (var question : pause.all(HumanInTheLoop.APPROVAL)) answers.add(question.answer(Decision.approve()));
 * }</pre>
 *
 * <p>A call that waits keeps its question, whatever becomes of the rule.
 */
public final class HumanInTheLoop implements Middleware {
    /** The question about one call. */
    public static final InterruptKey<ToolApproval, Decision> APPROVAL = Approval.KEY;

    /** The question about all calls of an answer at once, which {@link #batched} asks. */
    public static final InterruptKey<ToolApprovals, Decisions> APPROVALS = Approval.BATCH;

    private final List<ToolRef> tools;
    private final String description;
    private final Set<Decision.Kind> allowed;
    private final boolean isBatched;

    private HumanInTheLoop(List<ToolRef> tools, String description, Set<Decision.Kind> allowed, boolean isBatched) {
        this.tools = tools;
        this.description = description;
        this.allowed = allowed;
        this.isBatched = isBatched;
    }

    /** Returns the middleware that asks before calls of these tools. */
    public static HumanInTheLoop on(ToolRef... tools) {
        return new HumanInTheLoop(List.of(tools), "", EnumSet.allOf(Decision.Kind.class), false);
    }

    /** Returns the same middleware, whose questions say this. */
    public HumanInTheLoop description(String text) {
        return new HumanInTheLoop(tools, text, allowed, isBatched);
    }

    /** Returns the same middleware, which takes these decisions only. */
    public HumanInTheLoop allow(Decision.Kind first, Decision.Kind... more) {
        return new HumanInTheLoop(tools, description, EnumSet.of(first, more), isBatched);
    }

    /**
     * Returns the same middleware, which asks once for an answer of the model: {@link #APPROVALS}, in JSON as LangChain's {@code
     * HITLRequest}, for all calls that any rule asks about. No call of the answer is executed before it is answered. An edit that
     * does not fit is asked about again by itself.
     */
    public HumanInTheLoop batched() {
        return new HumanInTheLoop(tools, description, allowed, true);
    }

    /** There may be several, for other tools. */
    @Override
    public String name() {
        return tools.stream().map(ToolRef::name).collect(Collectors.joining(".", "HumanInTheLoop.", ""));
    }

    @Override
    public void install(Hooks hooks) {
        Set<String> names =
                Set.copyOf(Arrays.asList(tools.stream().map(ToolRef::name).toArray(String[]::new)));
        if (isBatched) {
            hooks.batched();
        }
        hooks.about(tools.toArray(ToolRef[]::new))
                .gate((call, state, context) -> names.contains(call.name())
                        ? Verdict.ask(description.isEmpty() ? "Execute '" + call.name() + "'?" : description, allowed)
                        : Verdict.allow());
    }
}
