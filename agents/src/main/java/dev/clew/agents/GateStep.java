package dev.clew.agents;

import dev.clew.graph.StateSpec;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.tools.BoundTool;
import dev.clew.value.TypeRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges a call, in one step whose verdict is recorded: whether there is such a tool, its arguments fit, and what gates say.
 *
 * @param passesUnknown whether wrappers answer calls of tools that are not there
 */
record GateStep(List<Gate> gates, Toolbox tools, boolean passesUnknown) {
    static GateStep of(Hooks hooks, Toolbox tools) {
        return new GateStep(List.copyOf(hooks.gates()), tools, hooks.handlesUnknownTools());
    }

    /**
     * The verdict, as it is recorded.
     *
     * @param isDenied whether the call is not executed
     * @param isAsked whether a person is asked first
     * @param text what the model reads, or the person
     * @param allowed what the person may decide
     */
    record Outcome(boolean isDenied, boolean isAsked, String text, Set<Decision.Kind> allowed) {
        static Outcome denied(String text) {
            return new Outcome(true, false, text, Set.of());
        }
    }

    /** The state in which a tool that was renamed has its present name everywhere: rules know tools by that. */
    private record Present(AgentState agent, Toolbox tools) implements AgentState {
        @Override
        public List<Message> messages() {
            return tools.present(agent.messages());
        }

        @Override
        public List<Message> messagesOfRun() {
            return tools.present(agent.messagesOfRun());
        }

        @Override
        public int modelCalls() {
            return agent.modelCalls();
        }

        @Override
        public Map<String, Integer> toolCalls() {
            return tools.present(agent.toolCalls());
        }

        @Override
        public Map<String, Integer> toolCallsOfRun() {
            return tools.present(agent.toolCallsOfRun());
        }

        @Override
        public <S> S get(StateSpec<S> section) {
            return agent.get(section);
        }
    }

    private static final TypeRef<Outcome> OUTCOME = TypeRef.of(Outcome.class);

    Outcome judge(ToolCall call, Supplier<AgentState> state, Scope scope) {
        TaskSpec.Builder<Outcome> step = TaskSpec.of("gates", OUTCOME).method("dev.clew.agents.Agent", "gates()");
        AgentState seen = gates.isEmpty() ? null : state.get();
        if (!gates.isEmpty()) {
            step.durable(); // the tool acts on it
        }
        return scope.call(step.leaf(attempt -> judged(call, seen, attempt))).join();
    }

    private Outcome judged(ToolCall call, @Nullable AgentState state, TaskCall attempt) {
        BoundTool tool = tools.find(call.name());
        if (tool == null && !passesUnknown) {
            return Outcome.denied(tools.unknown(call.name()));
        }
        String problem = tool == null ? "" : tool.problem(call.args());
        if (!problem.isEmpty()) {
            return Outcome.denied(problem);
        }
        return state == null
                ? new Outcome(false, false, "", Set.of())
                : ruled(tools.present(call), new Present(state, tools), attempt);
    }

    private Outcome ruled(ToolCall call, AgentState state, TaskCall attempt) {
        Set<Decision.Kind> allowed = EnumSet.allOf(Decision.Kind.class);
        StringJoiner descriptions = new StringJoiner("\n");
        boolean isAsked = false;
        for (Gate gate : gates) {
            Verdict verdict = verdict(gate, call, state, attempt);
            if (verdict instanceof Verdict.Deny deny) {
                return Outcome.denied(deny.text());
            }
            if (verdict instanceof Verdict.Ask ask) {
                isAsked = true;
                allowed.retainAll(ask.allowed());
                if (!ask.description().isEmpty()) {
                    descriptions.add(ask.description());
                }
            }
        }
        if (isAsked && allowed.isEmpty()) {
            return Outcome.denied("not executed: the rules that ask a person take no decision in common");
        }
        return new Outcome(false, isAsked, descriptions.toString(), isAsked ? allowed : Set.of());
    }

    /** A gate that fails must not let the call pass. */
    @SuppressWarnings("NullAway") // a gate may be written without null checks
    private static Verdict verdict(Gate gate, ToolCall call, AgentState state, TaskCall attempt) {
        try {
            Verdict verdict = gate.judge(call, state, attempt.taskContext());
            return verdict == null ? Verdict.deny("not executed: a rule said nothing of this call") : verdict;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Verdict.deny("not executed: the rules could not be asked");
        } catch (Exception failed) {
            return Verdict.deny("not executed: a rule that must be asked failed: " + failed.getMessage());
        }
    }
}
