package dev.clew.agents;

import dev.clew.graph.Changes;
import dev.clew.graph.NodeResult;
import dev.clew.graph.ScopeInput;
import dev.clew.graph.Send;
import dev.clew.graph.StateUpdate;
import dev.clew.messages.AiMessage;
import dev.clew.messages.FinishReason;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelRequest;
import dev.clew.tools.BoundTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The node that decides what is next: it executes the calls of the last answer that are not executed yet, ends, or asks the model.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class ModelNode {
    static final String NAME = "model";

    private static final String TAKEN = "taken as the final answer";

    /** How the ids of messages begin that the loop says in place of the model: they are no answers. */
    private static final String NOTICE = "end_";

    private final AgentParts parts;

    ModelNode(AgentParts parts) {
        this.parts = parts;
    }

    NodeResult<AgentState> run(ScopeInput<AgentState, @Nullable Void> in) throws Throwable {
        AgentState state = in.state();
        RunProgress progress = FoldedState.progress(state);
        Conversation talk = new Conversation(state.messages());
        if (progress.isStart()) {
            List<Message> repaired = talk.repaired();
            return new Turn(in, state, progress, repaired, repaired != state.messages()).ask();
        }
        int last = talk.lastAnswer(progress.from());
        if (last >= 0) {
            List<ToolCall> open = talk.unanswered(last);
            List<ToolCall> due = open.stream().filter(call -> !isOutput(call)).toList();
            if (!due.isEmpty()) {
                return parts.spec().changes().update().goTo(nextOf(due));
            }
            if (!open.isEmpty()) {
                return new Turn(in, state, progress, state.messages(), false).output(open);
            }
            if (endsDirectly((AiMessage) state.messages().get(last), talk.results(last))) {
                return end(parts.spec().changes(), progress, End.RETURN_DIRECT);
            }
        }
        return new Turn(in, state, progress, state.messages(), false).ask();
    }

    private boolean isOutput(ToolCall call) {
        OutputForm<?> output = parts.output();
        return output != null && output.isByTool() && output.name().equals(call.name());
    }

    /** The next calls that may run side by side; one that runs alone waits for those before it. */
    private List<Send> nextOf(List<ToolCall> due) {
        List<Send> next = new ArrayList<>();
        for (ToolCall call : due) {
            BoundTool tool = parts.tools().find(call.name());
            boolean isAlone = tool != null && tool.tool().isExclusive();
            if (isAlone && !next.isEmpty()) {
                break;
            }
            next.add(Send.to(ToolsNode.NAME, new DueCall(call)));
            if (isAlone) {
                break;
            }
        }
        return next;
    }

    /** If all calls of the answer are of tools that return directly, and none failed. */
    private boolean endsDirectly(AiMessage answer, Map<String, ToolMessage> results) {
        return !answer.toolCalls().isEmpty()
                && answer.invalidToolCalls().isEmpty()
                && answer.toolCalls().stream().allMatch(call -> {
                    BoundTool tool = parts.tools().find(call.name());
                    ToolMessage result = results.get(call.id());
                    return tool != null && tool.tool().isReturnDirect() && result != null && !result.isError();
                });
    }

    private NodeResult<AgentState> end(Changes<AgentState> changes, RunProgress progress, End how) {
        return changes.set(StateComponents.RUN, progress.ended(how)).update().goTo(List.<Send>of());
    }

    /** One turn of the loop in which the model is asked, or what it wrote as the output is read. */
    private final class Turn {
        private final ScopeInput<AgentState, @Nullable Void> in;
        private final AgentState state;
        private final RunProgress progress;
        private final List<Message> messages;
        private final boolean isRewritten;
        private final NodeHook hook;
        private final Set<String> callIds;

        Turn(
                ScopeInput<AgentState, @Nullable Void> in,
                AgentState state,
                RunProgress progress,
                List<Message> messages,
                boolean isRewritten) {
            this.in = in;
            this.state = state;
            this.progress = progress;
            this.messages = messages;
            this.isRewritten = isRewritten;
            this.hook = new NodeHook(state, in.run());
            this.callIds = new Conversation(messages).callIds();
        }

        NodeResult<AgentState> ask() throws Throwable {
            List<MessageUpdate> added = new ArrayList<>();
            if (isRewritten) {
                added.add(RemoveMessage.all());
                added.addAll(messages);
            }
            Hooks.CallLimit before = reached(0);
            if (before != null) {
                return stopped(added, progress.begun(messages.size()), before);
            }
            AiMessage answer = answer(request());
            RunProgress asked = progress.asked(messages.size());
            added.add(answer);
            answer.invalidToolCalls().stream().map(this::invalid).forEach(added::add);
            boolean hasCalls =
                    !answer.toolCalls().isEmpty() || !answer.invalidToolCalls().isEmpty();
            List<ToolCall> due =
                    answer.toolCalls().stream().filter(call -> !isOutput(call)).toList();
            boolean isFinal = due.size() < answer.toolCalls().size(); // needs the model no more, if it fits
            Hooks.CallLimit limit = hasCalls && !isFinal ? reached(1) : null;
            if (limit != null || (hasCalls && in.superstep().remaining() < (due.isEmpty() ? 1 : 2))) {
                return cutOff(answer, added, asked, limit);
            }
            Changes<AgentState> changes = changes(added);
            if (!hasCalls) {
                return answered(answer, changes, asked);
            }
            changes = changes.set(StateComponents.RUN, asked);
            if (due.isEmpty()) {
                return changes.update().goTo(List.of(Send.to(NAME)));
            }
            return changes.update().goTo(nextOf(due));
        }

        private Changes<AgentState> changes(List<MessageUpdate> added) {
            Changes<AgentState> changes = StateComponents.add(parts.spec().changes(), added);
            for (StateUpdate<?> update : hook.updates()) {
                changes = changes.include(update);
            }
            return changes;
        }

        private ToolMessage invalid(InvalidToolCall call) {
            return Conversation.invalid(call).withId(Ids.of("tool_", in.stepId() + call.id(), 1));
        }

        // --- the request ---

        private ModelRequest request() {
            ModelRequest request = parts.request(messages, state, hook);
            OutputForm<?> output = parts.output();
            if (output == null || !output.isByTool() || plainAnswers() == 0) {
                return request;
            }
            return parts.insisting(request, output);
        }

        /** How many answers of this run called nothing. */
        private long plainAnswers() {
            return state.messagesOfRun().stream()
                    .filter(message -> message instanceof AiMessage ai
                            && ai.toolCalls().isEmpty()
                            && ai.invalidToolCalls().isEmpty())
                    .count();
        }

        private AiMessage answer(ModelRequest request) throws Throwable {
            AiMessage answer = new AgentParts.Inside(parts, in.scope(), hook, callIds, 0, parts.model()).call(request);
            // A wrapper may give a message of its own, or one that is in the conversation already.
            String id = answer.id();
            boolean isNew = id != null && messages.stream().map(Message::id).noneMatch(id::equals);
            AiMessage own = isNew ? answer : answer.withId(Ids.of("ai_", in.stepId(), 1));
            return Ids.unique(own.name() == null ? own.withName(parts.name()) : own, in.stepId(), callIds);
        }

        // --- what becomes of the answer ---

        /** A limit that is reached with so many answers more than there are. */
        private Hooks.@Nullable CallLimit reached(int more) {
            for (Hooks.CallLimit limit : parts.limits()) {
                long count = limit.isPerThread() ? answersOfThread() : progress.modelCalls();
                if (count + more >= limit.most()) {
                    return limit;
                }
            }
            return null;
        }

        private long answersOfThread() {
            return messages.stream()
                    .filter(message -> message instanceof AiMessage
                            && parts.name().equals(message.name())
                            && !String.valueOf(message.id()).startsWith(NOTICE))
                    .count();
        }

        /** The calls of the last answer have nobody who could read their results: they are not executed. */
        private NodeResult<AgentState> cutOff(
                AiMessage answer, List<MessageUpdate> added, RunProgress asked, Hooks.@Nullable CallLimit limit) {
            OutputForm<?> output = parts.output();
            List<ToolCall> outputs =
                    answer.toolCalls().stream().filter(ModelNode.this::isOutput).toList();
            Map<String, @Nullable Object> taken = output != null
                            && outputs.size() == 1
                            && output.problem(outputs.get(0).args()).isEmpty()
                    ? outputs.get(0).args()
                    : null;
            for (ToolCall call : answer.toolCalls()) {
                added.add((taken != null && isOutput(call)
                                ? Message.tool(call, TAKEN)
                                : ToolMessage.error(call, "not executed: " + why(limit)))
                        .withId(Ids.of("tool_", in.stepId() + call.id(), 1)));
            }
            return output != null && taken != null
                    ? end(changes(added).set(StateComponents.STRUCTURED, output.structured(taken)), asked, End.ANSWERED)
                    : stopped(added, asked, limit);
        }

        private static String why(Hooks.@Nullable CallLimit limit) {
            return limit == null
                    ? "the run may have no more supersteps"
                    : "the limit of " + limit.most() + " calls of the model is reached";
        }

        /** Ends the run, and says so in the conversation. */
        private NodeResult<AgentState> stopped(
                List<MessageUpdate> added, RunProgress reached, Hooks.@Nullable CallLimit limit) {
            if (limit != null && limit.isFailing()) {
                throw new NoOutputException(
                        End.LIMIT, "the model was asked " + limit.most() + " times, which is the limit");
            }
            added.add(Message.ai("I cannot finish this: " + why(limit) + ".")
                    .withName(parts.name())
                    .withId(Ids.of(NOTICE, in.stepId(), 0)));
            return end(changes(added), reached, End.LIMIT);
        }

        private NodeResult<AgentState> answered(AiMessage answer, Changes<AgentState> changes, RunProgress asked) {
            FinishReason reason = answer.finishReason();
            if (reason == FinishReason.REFUSAL || reason == FinishReason.CONTENT_FILTER) {
                return end(changes, asked, End.REFUSED);
            }
            if (reason == FinishReason.LENGTH) {
                return end(changes, asked, End.TRUNCATED);
            }
            OutputForm<?> output = parts.output();
            if (output == null) {
                return end(changes, asked, End.ANSWERED);
            }
            long tries = plainAnswers() + 1;
            if (output.isByTool()) {
                return tries > 1
                        ? end(changes, asked, End.ANSWERED)
                        : changes.set(StateComponents.RUN, asked).update().goTo(List.of(Send.to(NAME)));
            }
            Map<String, @Nullable Object> written = output.written(answer);
            String problem = written == null ? "It is no JSON object." : output.problem(written);
            if (written != null && problem.isEmpty()) {
                return end(changes.set(StateComponents.STRUCTURED, output.structured(written)), asked, End.ANSWERED);
            }
            if (tries >= OutputForm.MOST_TRIES) {
                return end(changes, asked, End.ANSWERED);
            }
            Message correction =
                    Message.user("Your answer was not taken. " + problem).withId(Ids.of("user_", in.stepId(), 1));
            return changes.add(StateComponents.MESSAGES, List.of(correction))
                    .set(StateComponents.RUN, asked)
                    .update()
                    .goTo(List.of(Send.to(NAME)));
        }

        /** Reads the output that the model wrote as arguments of a tool. */
        NodeResult<AgentState> output(List<ToolCall> calls) {
            OutputForm<?> output = java.util.Objects.requireNonNull(parts.output());
            ToolCall first = calls.get(0);
            String problem = calls.size() > 1
                    ? "There is one final answer, and '" + first.name() + "' was called " + calls.size() + " times."
                    : output.problem(first.args());
            List<MessageUpdate> added = new ArrayList<>();
            for (ToolCall call : calls) {
                ToolMessage said = problem.isEmpty() ? Message.tool(call, TAKEN) : ToolMessage.error(call, problem);
                added.add(said.withId(Ids.of("tool_", in.stepId() + call.id(), 1)));
            }
            Changes<AgentState> changes = changes(added);
            if (problem.isEmpty()) {
                return end(
                        changes.set(StateComponents.STRUCTURED, output.structured(first.args())),
                        progress,
                        End.ANSWERED);
            }
            long failed = state.messagesOfRun().stream()
                    .filter(message -> message instanceof ToolMessage result
                            && result.isError()
                            && output.name().equals(result.name()))
                    .count();
            return failed + 1 >= OutputForm.MOST_TRIES
                    ? end(changes, progress, End.ANSWERED)
                    : changes.update().goTo(List.of(Send.to(NAME)));
        }
    }
}
