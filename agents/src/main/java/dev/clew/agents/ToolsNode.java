package dev.clew.agents;

import dev.clew.graph.Changes;
import dev.clew.graph.NodeResult;
import dev.clew.graph.ScopeInput;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.tools.AgentTool;
import dev.clew.tools.BoundTool;
import dev.clew.tools.ToolResult;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Executes one call of a tool: asks the gates, then a person if a gate wants that, and then runs the tool as a step. Calls of one
 * answer are executions of their own, so each may ask, fail and be continued by itself.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class ToolsNode {
    static final String NAME = "tools";
    static final String STEP = "tool:";

    private static final TypeRef<Map<String, @Nullable Object>> ARGUMENTS =
            new TypeRef<Map<String, @Nullable Object>>() {};

    private final Toolbox tools;
    private final GateStep gates;
    private final List<ToolWrapper> wrappers;
    private final StateSpec<AgentState> spec;

    ToolsNode(Toolbox tools, Hooks hooks, StateSpec<AgentState> spec) {
        this.tools = tools;
        this.gates = new GateStep(List.copyOf(hooks.gates()), tools);
        this.wrappers = List.copyOf(hooks.toolWrappers());
        this.spec = spec;
    }

    NodeResult<AgentState> run(ScopeInput<AgentState, DueCall> in) throws Throwable {
        ToolCall call = in.sent().call();
        ToolAnswer answer = answer(call, in);
        // Also where a wrapper gives the message of another call: with its ids this call would never be answered.
        ToolMessage message = answer.message().withToolCallId(call.id()).withId(Ids.of("tool_", in.stepId(), 1));
        Changes<AgentState> changes = StateComponents.add(spec.changes(), List.of(message));
        for (StateUpdate<?> update : answer.updates()) {
            changes = changes.include(update);
        }
        return changes.update();
    }

    private ToolAnswer answer(ToolCall call, ScopeInput<AgentState, DueCall> in) throws Throwable {
        GateStep.Outcome verdict = gates.judge(call, in::state, in.scope());
        if (verdict.isDenied()) {
            return ToolAnswer.of(ToolMessage.error(call, verdict.text()));
        }
        return verdict.isAsked() ? asked(call, verdict, in) : executed(call, in);
    }

    /** Asks until there is a decision that can be followed. */
    private ToolAnswer asked(ToolCall call, GateStep.Outcome verdict, ScopeInput<AgentState, DueCall> in)
            throws Throwable {
        String description = verdict.text();
        ToolCall shown = tools.present(call);
        while (true) {
            Decision decision = in.interrupt(
                    Approval.KEY,
                    new ToolApproval(call.id(), shown.name(), shown.args(), description, verdict.allowed()));
            if (!verdict.allowed().contains(decision.kind())) {
                description = again(verdict, "'" + Approval.word(decision.kind()) + "' is not allowed here");
            } else if (decision instanceof Decision.Reject reject) {
                return ToolAnswer.of(ToolMessage.error(call, rejected(call, reject.message())));
            } else if (decision instanceof Decision.Respond respond) {
                return ToolAnswer.of(message(call, respond.message()));
            } else if (decision instanceof Decision.Edit edit) {
                String problem = problem(call, edit, in);
                if (problem.isEmpty()) {
                    ToolCall other = call.withArgs(edit.args());
                    return edited(executed(other, in), tools.json(other));
                }
                description = again(verdict, problem);
            } else {
                return executed(call, in);
            }
        }
    }

    private static String again(GateStep.Outcome verdict, String problem) {
        return verdict.text().isEmpty() ? problem : problem + "\n" + verdict.text();
    }

    private static String rejected(ToolCall call, String message) {
        String who = "A person rejected the call of '" + call.name() + "', and nothing was done.";
        return message.isEmpty() ? who : who + " " + message;
    }

    private static ToolMessage message(ToolCall call, String text) {
        return Message.tool(call, text);
    }

    /** An edit keeps the tool, and passes the gates that deny. */
    private String problem(ToolCall call, Decision.Edit edit, ScopeInput<AgentState, DueCall> in) {
        BoundTool tool = tools.find(call.name());
        if (tool == null || tools.find(edit.name()) != tool) {
            return "an edit keeps the tool '"
                    + (tool == null ? call.name() : tool.tool().name()) + "'; reject the call to have another one";
        }
        GateStep.Outcome verdict = gates.judge(call.withArgs(edit.args()), in::state, in.scope());
        return verdict.isDenied() ? verdict.text() : "";
    }

    /** The model must not believe that what it wrote is what ran. */
    private static ToolAnswer edited(ToolAnswer answer, String arguments) {
        List<ContentBlock> content = new ArrayList<>();
        content.add(new ContentBlock.Text("[A person changed the arguments; it ran with " + arguments + ".]\n"));
        content.addAll(answer.message().content());
        return new ToolAnswer(answer.message().withContent(content), answer.updates());
    }

    private ToolAnswer executed(ToolCall call, ScopeInput<AgentState, DueCall> in) throws Throwable {
        ToolWrapper.Next inner = each -> step(each, in);
        if (wrappers.isEmpty()) {
            return inner.call(call);
        }
        NodeHook hook = new NodeHook(in.state(), in.run());
        for (int i = wrappers.size() - 1; i >= 0; i--) {
            ToolWrapper wrapper = wrappers.get(i);
            ToolWrapper.Next next = inner;
            inner = each -> wrapper.call(each, hook, next);
        }
        ToolAnswer answer = inner.call(call);
        List<StateUpdate<?>> all = new ArrayList<>(answer.updates());
        all.addAll(hook.updates());
        return new ToolAnswer(answer.message(), all);
    }

    /** The tool itself. Its outcome is the change of the state, so that nothing of it is lost when it is replayed. */
    private ToolAnswer step(ToolCall call, ScopeInput<AgentState, DueCall> in) {
        BoundTool tool = tools.find(call.name());
        if (tool == null) {
            return ToolAnswer.of(ToolMessage.error(call, tools.unknown(call.name())));
        }
        if (tool.tool().kind() == AgentTool.Kind.CLIENT) {
            Object given = in.interrupt(Agent.CLIENT_CALL, ClientCall.of(tools.present(call)));
            return ToolAnswer.of(tool.message(call, ToolResult.of(given)));
        }
        TaskSpec.Builder<StateUpdate<AgentState>> step = tool.policies(
                TaskSpec.of(STEP + tool.tool().name(), spec.updateType())
                        .method("dev.clew.agents.Agent", STEP + tool.tool().name())
                        .parameter("arguments", ARGUMENTS),
                STEP);
        boolean isScope = tool.tool().kind() == AgentTool.Kind.SCOPE;
        TaskSpec<StateUpdate<AgentState>> execution = isScope
                ? step.scope(attempt -> run(tool, call, attempt))
                : step.leaf(attempt -> run(tool, call, attempt));
        Scope scope = in.scope();
        StateUpdate<AgentState> outcome = scope.call(execution, call.args()).join();
        return new ToolAnswer(message(outcome), List.of(sections(outcome)));
    }

    private StateUpdate<AgentState> run(BoundTool tool, ToolCall call, TaskCall attempt) throws Throwable {
        ToolResult<?> result = tool.run(attempt.<Map<String, @Nullable Object>>arg(0), attempt);
        Changes<AgentState> changes = StateComponents.add(spec.changes(), List.of(tool.message(call, result)));
        for (StateUpdate<?> update : result.updates()) {
            changes = changes.include(update);
        }
        return changes.update();
    }

    private static ToolMessage message(StateUpdate<AgentState> outcome) {
        return (ToolMessage)
                outcome.changes().added(StateComponents.MESSAGES).get(0).get(0);
    }

    private static StateUpdate<AgentState> sections(StateUpdate<AgentState> outcome) {
        return outcome.changes().without(StateComponents.MESSAGES).update();
    }
}
