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
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.task.TaskFailedException;
import dev.clew.tools.AgentTool;
import dev.clew.tools.BoundTool;
import dev.clew.tools.Cost;
import dev.clew.tools.ToolResult;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    private final AgentParts parts;
    private final Toolbox tools;
    private final GateStep gates;
    private final List<ToolWrapper> wrappers;
    private final StateSpec<AgentState> spec;
    private final TextFilters filters;

    ToolsNode(AgentParts parts, Hooks hooks) {
        this.parts = parts;
        this.tools = parts.tools();
        this.gates = GateStep.of(hooks, tools);
        this.wrappers = List.copyOf(hooks.toolWrappers());
        this.spec = parts.spec();
        this.filters = hooks.filters();
    }

    NodeResult<AgentState> run(ScopeInput<AgentState, DueCall> in) throws Throwable {
        ToolCall call = in.sent().call();
        Losses lost = new Losses();
        ToolAnswer answer;
        try {
            answer = answer(in.sent(), in, lost);
        } catch (Throwable failed) {
            FoldedState state = (FoldedState) in.state();
            throw SpentCause.in(failed, state, state.spending().run().plus(lost.cost));
        }
        // Also where a wrapper gives the message of another call: with its ids this call would never be answered.
        ToolMessage message =
                filters.result(answer.message()).withToolCallId(call.id()).withId(Ids.of("tool_", in.stepId(), 1));
        Changes<AgentState> changes = StateComponents.add(spec.changes(), List.of(message));
        for (StateUpdate<?> update : answer.updates()) {
            changes = changes.include(update);
        }
        return spending(changes, lost.cost).update();
    }

    /** What calls of tools cost that failed in one execution; a wrapper may make several. */
    private static final class Losses {
        private Cost cost = Cost.NONE;
    }

    private static Changes<AgentState> spending(Changes<AgentState> changes, Cost cost) {
        return cost.equals(Cost.NONE) ? changes : changes.add(StateComponents.SPENDING, SpendingUpdate.of(cost));
    }

    private ToolAnswer answer(DueCall due, ScopeInput<AgentState, DueCall> in, Losses lost) throws Throwable {
        ToolCall call = due.call();
        GateStep.Outcome judged = due.verdict();
        GateStep.Outcome verdict = judged == null ? gates.judge(call, in::state, in.scope()) : judged;
        if (verdict.isDenied()) {
            return ToolAnswer.of(ToolMessage.error(call, verdict.text()));
        }
        return verdict.isAsked() ? asked(call, verdict, due.decision(), in, lost) : executed(call, in, lost);
    }

    /** Asks until there is a decision that can be followed. */
    private ToolAnswer asked(
            ToolCall call,
            GateStep.Outcome verdict,
            @Nullable Decision decided,
            ScopeInput<AgentState, DueCall> in,
            Losses lost)
            throws Throwable {
        Decision given = decided;
        String description = verdict.text();
        ToolCall shown = tools.present(call);
        while (true) {
            Decision decision = given != null
                    ? given
                    : in.interrupt(
                            Approval.KEY,
                            new ToolApproval(call.id(), shown.name(), shown.args(), description, verdict.allowed()));
            given = null;
            if (!verdict.allowed().contains(decision.kind())) {
                description = again(verdict, "'" + DecisionJson.word(decision.kind()) + "' is not allowed here");
            } else if (decision instanceof Decision.Reject reject) {
                return ToolAnswer.of(ToolMessage.error(call, rejected(call, reject.message())));
            } else if (decision instanceof Decision.Respond respond) {
                return ToolAnswer.of(message(call, respond.message()));
            } else if (decision instanceof Decision.Edit edit) {
                String problem = problem(call, edit, in);
                if (problem.isEmpty()) {
                    ToolCall other = call.withArgs(edit.args());
                    return edited(executed(other, in, lost), tools.json(other));
                }
                description = again(verdict, problem);
            } else {
                return executed(call, in, lost);
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

    private ToolAnswer executed(ToolCall call, ScopeInput<AgentState, DueCall> in, Losses lost) throws Throwable {
        ToolWrapper.Next inner = each -> step(each, in, lost);
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
    private ToolAnswer step(ToolCall call, ScopeInput<AgentState, DueCall> in, Losses lost) {
        BoundTool tool = tools.find(call.name());
        if (tool == null) {
            return ToolAnswer.of(ToolMessage.error(call, tools.unknown(call.name())));
        }
        if (tool.tool().kind() == AgentTool.Kind.CLIENT) {
            Object given = in.interrupt(Agent.CLIENT_CALL, ClientCall.of(tools.present(call)));
            return ToolAnswer.of(message(tool, call, ToolResult.of(given)));
        }
        try {
            StateUpdate<AgentState> outcome = outcome(tool, call, in);
            return new ToolAnswer(message(outcome), List.of(sections(outcome)));
        } catch (TaskFailedException failed) {
            lost.cost = lost.cost.plus(parts.priced(SpentCause.of(failed.failure())));
            throw failed;
        }
    }

    private static <R> TaskSpec.Builder<R> named(BoundTool tool, TypeRef<R> type) {
        return tool.policies(
                TaskSpec.of(STEP + tool.tool().name(), type)
                        .method("dev.clew.agents.Agent", STEP + tool.tool().name())
                        .parameter("arguments", ARGUMENTS),
                STEP);
    }

    private StateUpdate<AgentState> outcome(BoundTool tool, ToolCall call, ScopeInput<AgentState, DueCall> in) {
        Scope scope = in.scope();
        TypeRef<?> given = tool.undoneBy();
        if (given != null) {
            TaskSpec<GivenOutcome> execution = undoable(
                    tool,
                    given,
                    spec,
                    attempt -> filtered(() -> given(tool, call, ran(tool, attempt))),
                    result -> given(tool, call, result));
            return scope.call(execution, call.args()).join().update();
        }
        TaskSpec.Builder<StateUpdate<AgentState>> step = named(tool, spec.updateType());
        boolean isScope = tool.tool().kind() == AgentTool.Kind.SCOPE;
        TaskSpec<StateUpdate<AgentState>> execution = isScope
                ? step.scope(attempt -> scoped(tool, call, attempt, (FoldedState) in.state()))
                : tool.once(step.leaf(attempt -> leaf(tool, call, attempt)), result -> outcome(tool, call, result));
        return scope.call(execution, call.args()).join();
    }

    private static TaskSpec<GivenOutcome> undoable(
            BoundTool tool,
            TypeRef<?> given,
            StateSpec<AgentState> spec,
            TaskBody<GivenOutcome> body,
            Function<ToolResult<?>, GivenOutcome> made) {
        return tool.undoable(
                named(tool, GivenOutcome.type(spec.updateType(), given)).leaf(body), made, GivenOutcome::given);
    }

    /** The tasks that stand for the tools whose calls can be undone; their bodies are others. */
    static List<TaskSpec<?>> tasks(Toolbox tools, StateSpec<AgentState> spec) {
        List<TaskSpec<?>> tasks = new ArrayList<>();
        for (BoundTool tool : tools.bound()) {
            TypeRef<?> given = tool.undoneBy();
            if (given != null) {
                tasks.add(undoable(
                        tool,
                        given,
                        spec,
                        call -> {
                            throw new IllegalStateException("a tool's step has a body for each call");
                        },
                        // What undoes the call asks for what it gave, and not for what the model reads.
                        result -> new GivenOutcome(spec.changes().update(), result.content())));
            }
        }
        return tasks;
    }

    private GivenOutcome given(BoundTool tool, ToolCall call, ToolResult<?> result) {
        return new GivenOutcome(outcome(tool, call, result), result.isError() ? null : result.content());
    }

    private static ToolResult<?> ran(BoundTool tool, TaskCall attempt) throws Throwable {
        return tool.run(attempt.<Map<String, @Nullable Object>>arg(0), attempt);
    }

    private StateUpdate<AgentState> scoped(BoundTool tool, ToolCall call, TaskCall attempt, FoldedState state)
            throws Throwable {
        return tool.tool().graph() == null
                ? run(tool, call, attempt)
                : outcome(tool, call, new GraphCall(tool, parts, state).run(attempt));
    }

    private StateUpdate<AgentState> leaf(BoundTool tool, ToolCall call, TaskCall attempt) throws Throwable {
        return filtered(() -> run(tool, call, attempt));
    }

    /** One attempt. */
    @FunctionalInterface
    private interface Attempt<R> {
        R run() throws Throwable;
    }

    private <R> R filtered(Attempt<R> attempt) throws Throwable {
        try {
            return attempt.run();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception thrown) {
            throw filters.failure(thrown);
        }
    }

    private StateUpdate<AgentState> run(BoundTool tool, ToolCall call, TaskCall attempt) throws Throwable {
        return outcome(tool, call, ran(tool, attempt));
    }

    private StateUpdate<AgentState> outcome(BoundTool tool, ToolCall call, ToolResult<?> result) {
        Changes<AgentState> changes = StateComponents.add(spec.changes(), List.of(message(tool, call, result)));
        for (StateUpdate<?> update : result.updates()) {
            changes = changes.include(update);
        }
        Cost cost = parts.priced(result.cost());
        return spending(changes, cost).update();
    }

    /** Filtered before it is cut, so that nothing is cut which the filters would find. */
    private ToolMessage message(BoundTool tool, ToolCall call, ToolResult<?> result) {
        return filters.result(tool.message(call, result, text -> filters.text(text, TextFilter.Place.TOOL_RESULT)));
    }

    private static ToolMessage message(StateUpdate<AgentState> outcome) {
        return (ToolMessage)
                outcome.changes().added(StateComponents.MESSAGES).get(0).get(0);
    }

    private static StateUpdate<AgentState> sections(StateUpdate<AgentState> outcome) {
        return outcome.changes().without(StateComponents.MESSAGES).update();
    }
}
