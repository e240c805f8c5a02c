package dev.clew.agents.middleware;

import dev.clew.agents.AgentState;
import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.Verdict;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.tools.ToolRef;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often tools are called. Calls above the limit are not executed, and the model is told so. Of the calls of one answer
 * the first ones count first. Calls whose messages were removed from the conversation count, too.
 *
 * <pre>{@code
 * .middleware(ToolCallLimit.perRun(5, WebTools.SEARCH), ToolCallLimit.perThread(100))
 * }</pre>
 */
public final class ToolCallLimit implements Middleware {
    private final int most;
    private final boolean isPerThread;
    private final @Nullable ToolRef tool;

    private ToolCallLimit(int most, boolean isPerThread, @Nullable ToolRef tool) {
        if (most < 0) {
            throw new IllegalRequestException("a limit of tool calls is not negative: " + most);
        }
        this.most = most;
        this.isPerThread = isPerThread;
        this.tool = tool;
    }

    /** Returns the limit for all tools together, in each run. */
    public static ToolCallLimit perRun(int most) {
        return new ToolCallLimit(most, false, null);
    }

    /** Returns the limit for one tool, in each run. */
    public static ToolCallLimit perRun(int most, ToolRef tool) {
        return new ToolCallLimit(most, false, tool);
    }

    /** Returns the limit for all tools together, over all runs of a thread. */
    public static ToolCallLimit perThread(int most) {
        return new ToolCallLimit(most, true, null);
    }

    /** Returns the limit for one tool, over all runs of a thread. */
    public static ToolCallLimit perThread(int most, ToolRef tool) {
        return new ToolCallLimit(most, true, tool);
    }

    /** There may be one for each tool and kind. */
    @Override
    public String name() {
        return "ToolCallLimit." + (isPerThread ? "perThread" : "perRun") + (tool == null ? "" : "." + tool.name());
    }

    @Override
    public void install(Hooks hooks) {
        if (tool != null) {
            hooks.about(tool);
        }
        hooks.gate((call, state, context) -> isCounted(call) && before(call, state) >= most
                ? Verdict.deny("not executed: the limit of " + most + " calls"
                        + (tool == null ? "" : " of '" + tool.name() + "'") + " is reached")
                : Verdict.allow());
    }

    private boolean isCounted(ToolCall call) {
        return tool == null || tool.name().equals(call.name());
    }

    /**
     * How many calls that count were made before this one: all that were counted, without this one and those behind it. What the
     * messages show may be more, since an input may bring calls of the past.
     */
    private long before(ToolCall call, AgentState state) {
        long shown = 0;
        long behind = 0;
        boolean isBefore = true;
        for (Message message : isPerThread ? state.messages() : state.messagesOfRun()) {
            for (ToolCall each : message instanceof AiMessage answer ? answer.toolCalls() : List.<ToolCall>of()) {
                isBefore &= !each.id().equals(call.id());
                shown += isBefore && isCounted(each) ? 1 : 0;
                behind += !isBefore && isCounted(each) ? 1 : 0;
            }
        }
        Map<String, Integer> counts = isPerThread ? state.toolCalls() : state.toolCallsOfRun();
        long all = tool == null
                ? counts.values().stream().mapToLong(Integer::longValue).sum()
                : counts.getOrDefault(tool.name(), 0);
        return Math.max(shown, all - behind);
    }
}
