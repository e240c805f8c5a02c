package dev.clew.agents;

import dev.clew.graph.Send;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.tools.BoundTool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way through the nodes of an agent: what is next, by what the state says. Immutable.
 *
 * <p>before_agent → (before_model → model → after_model → tools)* → after_agent
 */
final class Loop {
    private final Map<HookPoint, List<RegisteredHook>> hooks;
    private final Toolbox tools;
    private final @Nullable OutputForm<?> output;
    private final boolean isBatched;

    Loop(List<RegisteredHook> all, Toolbox tools, @Nullable OutputForm<?> output, boolean isBatched) {
        Map<HookPoint, List<RegisteredHook>> byPoint = new java.util.EnumMap<>(HookPoint.class);
        for (HookPoint point : HookPoint.values()) {
            List<RegisteredHook> here = new ArrayList<>(
                    all.stream().filter(hook -> hook.point() == point).toList());
            if (point.isReversed()) {
                Collections.reverse(here);
            }
            byPoint.put(point, List.copyOf(here));
        }
        this.hooks = Collections.unmodifiableMap(byPoint);
        this.tools = tools;
        this.output = output;
        this.isBatched = isBatched;
    }

    List<RegisteredHook> hooks() {
        return hooks.values().stream().flatMap(List::stream).toList();
    }

    private List<RegisteredHook> at(HookPoint point) {
        return hooks.getOrDefault(point, List.of());
    }

    // --- the nodes ---

    /** The first node of a run. */
    String first() {
        return at(HookPoint.BEFORE_AGENT).isEmpty()
                ? turn()
                : at(HookPoint.BEFORE_AGENT).get(0).node();
    }

    /** The first node of each turn. */
    String turn() {
        return at(HookPoint.BEFORE_MODEL).isEmpty()
                ? ModelNode.NAME
                : at(HookPoint.BEFORE_MODEL).get(0).node();
    }

    /** All nodes to which a node may lead. */
    Set<String> targets(RegisteredHook hook) {
        Set<String> targets = new LinkedHashSet<>();
        switch (hook.point()) {
            case BEFORE_AGENT -> targets.add(next(hook, turn()));
            case BEFORE_MODEL -> targets.add(next(hook, ModelNode.NAME));
            case AFTER_MODEL -> targets.addAll(isLast(hook) ? targets() : Set.of(next(hook, "")));
            case AFTER_AGENT -> {
                if (!isLast(hook)) {
                    targets.add(next(hook, ""));
                }
            }
        }
        if (hook.jumps().contains(Jump.MODEL)) {
            targets.add(turn());
        }
        if (hook.jumps().contains(Jump.TOOLS)) {
            targets.add(calls());
        }
        if (hook.jumps().contains(Jump.END)) {
            at(HookPoint.AFTER_AGENT).stream().limit(1).forEach(each -> targets.add(each.node()));
        }
        return targets;
    }

    /** All nodes to which an answer may lead. */
    Set<String> targets() {
        Set<String> targets = new LinkedHashSet<>(List.of(turn(), calls()));
        at(HookPoint.AFTER_AGENT).stream().limit(1).forEach(each -> targets.add(each.node()));
        return targets;
    }

    /** All nodes to which the model's node may lead. */
    Set<String> targetsOfModel() {
        Set<String> targets = new LinkedHashSet<>(targets());
        at(HookPoint.AFTER_MODEL).stream().limit(1).forEach(each -> targets.add(each.node()));
        return targets;
    }

    /** The node that executes calls, or asks about all of them first. */
    String calls() {
        return isBatched ? ApprovalNode.NAME : ToolsNode.NAME;
    }

    /** Whether a hook may end the run. */
    boolean mayEnd(RegisteredHook hook) {
        boolean jumps = hook.jumps().contains(Jump.END);
        return hook.point() == HookPoint.AFTER_AGENT
                ? jumps || isLast(hook)
                : at(HookPoint.AFTER_AGENT).isEmpty()
                        && (jumps || hook.point() == HookPoint.AFTER_MODEL && isLast(hook));
    }

    private boolean isLast(RegisteredHook hook) {
        List<RegisteredHook> row = at(hook.point());
        return row.get(row.size() - 1).equals(hook);
    }

    private String next(RegisteredHook hook, String behind) {
        List<RegisteredHook> row = at(hook.point());
        return isLast(hook) ? behind : row.get(row.indexOf(hook) + 1).node();
    }

    // --- what is next ---

    /** After a hook that does not jump; the state is that after its changes. */
    List<Send> after(RegisteredHook hook, List<Message> messages, RunProgress progress) {
        return switch (hook.point()) {
            case BEFORE_AGENT -> to(next(hook, turn()));
            case BEFORE_MODEL -> to(next(hook, ModelNode.NAME));
            case AFTER_MODEL -> isLast(hook) ? decided(messages, progress) : to(next(hook, ""));
            case AFTER_AGENT -> isLast(hook) ? List.of() : to(next(hook, ""));
        };
    }

    /** After an answer of the model: the hooks behind it, or what these messages lead to. */
    List<Send> answered(List<Send> decided) {
        return at(HookPoint.AFTER_MODEL).isEmpty()
                ? decided
                : to(at(HookPoint.AFTER_MODEL).get(0).node());
    }

    /** What is next when an answer and the hooks behind it are done. */
    private List<Send> decided(List<Message> messages, RunProgress progress) {
        if (progress.end() != null) {
            return finish();
        }
        List<ToolCall> due = due(messages, progress);
        return due.isEmpty() ? again() : calls(due);
    }

    /** The hooks after the agent, or the end. */
    List<Send> finish() {
        return at(HookPoint.AFTER_AGENT).isEmpty()
                ? List.of()
                : to(at(HookPoint.AFTER_AGENT).get(0).node());
    }

    /** Another turn. */
    List<Send> again() {
        return to(turn());
    }

    private static List<Send> to(String node) {
        return List.of(Send.to(node));
    }

    /** The calls of the last answer that have no result and are not the output. */
    List<ToolCall> due(List<Message> messages, RunProgress progress) {
        Conversation talk = new Conversation(messages);
        int last = progress.isStart() ? -1 : talk.lastAnswer(progress.from());
        return last < 0
                ? List.of()
                : talk.unanswered(last).stream().filter(call -> !isOutput(call)).toList();
    }

    boolean isOutput(ToolCall call) {
        return output != null && output.isByTool() && output.name().equals(call.name());
    }

    /** The next calls, or the question about all that are due. */
    List<Send> calls(List<ToolCall> due) {
        return isBatched
                ? List.of(Send.to(ApprovalNode.NAME, new DueCalls(due)))
                : groups(due).get(0).stream()
                        .map(call -> Send.to(ToolsNode.NAME, DueCall.of(call)))
                        .toList();
    }

    /** Calls that may run side by side; one that runs alone waits for those before it. */
    List<List<ToolCall>> groups(List<ToolCall> due) {
        List<List<ToolCall>> groups = new ArrayList<>();
        boolean isOpen = false;
        for (ToolCall call : due) {
            BoundTool tool = tools.find(call.name());
            boolean isAlone = tool != null && tool.tool().isExclusive();
            if (isAlone || !isOpen) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(call);
            isOpen = !isAlone;
        }
        return groups;
    }

    /** Whether the node of the model would ask the model, rather than execute calls, read the output or end. */
    boolean isAsking(AgentState state, RunProgress progress) {
        Conversation talk = new Conversation(state.messages());
        int last = progress.isStart() ? -1 : talk.lastAnswer(progress.from());
        return last < 0
                || talk.unanswered(last).isEmpty()
                        && (progress.isSentBack()
                                || !endsDirectly((AiMessage) state.messages().get(last), talk.results(last)));
    }

    /** If all calls of the answer are of tools that return directly, and none failed. */
    boolean endsDirectly(AiMessage answer, Map<String, ToolMessage> results) {
        return !answer.toolCalls().isEmpty()
                && answer.invalidToolCalls().isEmpty()
                && answer.toolCalls().stream().allMatch(call -> {
                    BoundTool tool = tools.find(call.name());
                    ToolMessage result = results.get(call.id());
                    return tool != null && tool.tool().isReturnDirect() && result != null && !result.isError();
                });
    }

    /** How many supersteps it takes after an answer to execute these calls of it, and to answer again. */
    int room(List<ToolCall> due) {
        int groups = groups(due).size();
        int calls = isBatched ? 2 : 1;
        int turn = at(HookPoint.BEFORE_MODEL).size() + 1; // also between two groups
        return groups * calls
                + Math.max(1, groups) * turn
                + 2 * at(HookPoint.AFTER_MODEL).size()
                + at(HookPoint.AFTER_AGENT).size();
    }
}
