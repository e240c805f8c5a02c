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
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelRequest;
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

    /** How the ids of messages begin that the loop writes in place of the model: they do not count as answers. */
    private static final String NOTICE = "end_";

    private final AgentParts parts;
    private final Loop loop;

    ModelNode(AgentParts parts, Loop loop) {
        this.parts = parts;
        this.loop = loop;
    }

    NodeResult<AgentState> run(ScopeInput<AgentState, @Nullable Void> in) throws Throwable {
        AgentState state = in.state();
        RunProgress progress = FoldedState.progress(state);
        Conversation talk = new Conversation(state.messages());
        if (progress.isStart()) {
            return new Turn(in, state, progress, Opening.of(state.messages(), progress, parts.filters())).ask();
        }
        Opening opened = new Opening(state.messages(), List.of());
        int last = talk.lastAnswer(progress.from());
        if (last >= 0) {
            List<ToolCall> open = talk.unanswered(last);
            List<ToolCall> due =
                    open.stream().filter(call -> !loop.isOutput(call)).toList();
            if (!due.isEmpty()) {
                return parts.spec().changes().update().goTo(loop.calls(due));
            }
            if (!open.isEmpty()) {
                return new Turn(in, state, progress, opened).output(open);
            }
            if (!progress.isSentBack()
                    && loop.endsDirectly((AiMessage) state.messages().get(last), talk.results(last))) {
                return end(parts.spec().changes(), progress, End.RETURN_DIRECT, loop.finish());
            }
        }
        return new Turn(in, state, progress, opened).ask();
    }

    private static NodeResult<AgentState> end(
            Changes<AgentState> changes, RunProgress progress, End how, List<Send> next) {
        return changes.set(StateComponents.RUN, progress.ended(how)).update().goTo(next);
    }

    /** One turn of the loop in which the model is asked, or what it wrote as the output is read. */
    private final class Turn {
        private final ScopeInput<AgentState, @Nullable Void> in;
        private final AgentState state;
        private final RunProgress progress;
        private final List<Message> messages;
        private final Opening opening;
        private final NodeHook hook;
        private final Set<String> callIds;
        private final Meter meter;
        private int answers;

        Turn(ScopeInput<AgentState, @Nullable Void> in, AgentState state, RunProgress progress, Opening opening) {
            this.in = in;
            this.state = state;
            this.progress = progress;
            this.messages = opening.messages();
            this.opening = opening;
            this.hook = new NodeHook(state, in.run());
            this.callIds = new Conversation(messages).callIds();
            this.meter = new Meter(parts, in.scope(), hook, callIds);
        }

        /** Asks. Where this is a tool of another agent, what fails carries what the run cost. */
        NodeResult<AgentState> ask() throws Throwable {
            try {
                return asked();
            } catch (Throwable failed) {
                throw SpentCause.in(failed, (FoldedState) state, meter.spentInRun());
            }
        }

        private NodeResult<AgentState> asked() throws Throwable {
            List<MessageUpdate> added = new ArrayList<>();
            Hooks.CallLimit before = reached(0);
            if (before != null) {
                return stopped(added, progress.begun(messages.size()), before, loop.finish());
            }
            AiMessage answer;
            try {
                answer = answer(request());
            } catch (BudgetSpentException end) {
                return stopped(added, progress.begun(messages.size()), end.why(), loop.finish());
            }
            RunProgress asked = progress.asked(messages.size());
            answers++;
            added.add(answer);
            answer.invalidToolCalls().stream().map(this::invalid).forEach(added::add);
            boolean hasCalls =
                    !answer.toolCalls().isEmpty() || !answer.invalidToolCalls().isEmpty();
            List<ToolCall> due = answer.toolCalls().stream()
                    .filter(call -> !loop.isOutput(call))
                    .toList();
            boolean isFinal = due.size() < answer.toolCalls().size(); // needs the model no more, if it fits
            Hooks.CallLimit limit = hasCalls && !isFinal ? reached(1) : null;
            if (limit != null || (hasCalls && in.superstep().remaining() < loop.room(due))) {
                return cutOff(answer, added, asked, limit);
            }
            Changes<AgentState> changes = changes(added);
            if (!hasCalls) {
                return answered(answer, changes, asked);
            }
            changes = changes.set(StateComponents.RUN, asked);
            if (due.isEmpty()) {
                return changes.update().goTo(loop.answered(loop.again()));
            }
            return changes.update().goTo(loop.answered(loop.calls(due)));
        }

        private Changes<AgentState> changes(List<MessageUpdate> added) {
            List<MessageUpdate> all = new ArrayList<>(opening.updates());
            all.addAll(parts.filters().updates(added));
            Changes<AgentState> changes = StateComponents.add(parts.spec().changes(), all);
            for (StateUpdate<?> update : hook.updates()) {
                changes = changes.override(update);
            }
            CallCounts.Update counted = CallCounts.Update.of(answers, added, callIds);
            return meter.into(counted.isEmpty() ? changes : changes.add(StateComponents.CALLS, counted));
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
            AiMessage answer = parts.filters()
                    .answer(new AgentParts.Inside(parts, meter, hook, 0, parts.model(state)).call(request));
            // A wrapper may give a message of its own, or one that is in the conversation already.
            String id = answer.id();
            boolean isNew = id != null && messages.stream().map(Message::id).noneMatch(id::equals);
            AiMessage own = isNew ? answer : answer.withId(Ids.of("ai_", in.stepId(), 1));
            return Ids.unique(own.name() == null ? own.withName(parts.name()) : own, in.stepId(), callIds);
        }

        // --- what becomes of the answer ---

        /** What follows on the last answer of a run. */
        private List<Send> ended() {
            return loop.answered(loop.finish());
        }

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

        /** A thread of an earlier release has no count; an input may bring answers of the past. */
        private long answersOfThread() {
            return Math.max(((FoldedState) state).calls().answers(), answersInMessages());
        }

        private long answersInMessages() {
            return messages.stream()
                    .filter(message -> message instanceof AiMessage
                            && parts.name().equals(message.name())
                            && !String.valueOf(message.id()).startsWith(NOTICE))
                    .count();
        }

        /** The model will not read the results of the last answer's calls, so they are not executed. */
        private NodeResult<AgentState> cutOff(
                AiMessage answer, List<MessageUpdate> added, RunProgress asked, Hooks.@Nullable CallLimit limit) {
            OutputForm<?> output = parts.output();
            List<ToolCall> outputs =
                    answer.toolCalls().stream().filter(loop::isOutput).toList();
            Map<String, @Nullable Object> taken = output != null
                            && outputs.size() == 1
                            && output.problem(outputs.get(0).args()).isEmpty()
                    ? outputs.get(0).args()
                    : null;
            for (ToolCall call : answer.toolCalls()) {
                added.add((taken != null && loop.isOutput(call)
                                ? Message.tool(call, TAKEN)
                                : ToolMessage.error(call, "not executed: " + why(limit)))
                        .withId(Ids.of("tool_", in.stepId() + call.id(), 1)));
            }
            return output != null && taken != null
                    ? end(
                            changes(added).set(StateComponents.STRUCTURED, output.structured(taken)),
                            asked,
                            End.ANSWERED,
                            ended())
                    : stopped(added, asked, limit, ended());
        }

        private static String why(Hooks.@Nullable CallLimit limit) {
            return limit == null
                    ? "the run may have no more supersteps"
                    : "the limit of " + limit.most() + " calls of the model is reached";
        }

        /** Ends the run, and says so in the conversation. */
        private NodeResult<AgentState> stopped(
                List<MessageUpdate> added, RunProgress reached, Hooks.@Nullable CallLimit limit, List<Send> next) {
            if (limit != null && limit.isFailing()) {
                throw new NoOutputException(
                        End.LIMIT, "the model was asked " + limit.most() + " times, which is the limit");
            }
            return stopped(added, reached, why(limit), next);
        }

        private NodeResult<AgentState> stopped(
                List<MessageUpdate> added, RunProgress reached, String why, List<Send> next) {
            added.add(Message.ai("I cannot finish this: " + why + ".")
                    .withName(parts.name())
                    .withId(Ids.of(NOTICE, in.stepId(), 0)));
            return end(changes(added), reached, End.LIMIT, next);
        }

        private NodeResult<AgentState> answered(AiMessage answer, Changes<AgentState> changes, RunProgress asked) {
            FinishReason reason = answer.finishReason();
            if (reason == FinishReason.REFUSAL || reason == FinishReason.CONTENT_FILTER) {
                return end(changes, asked, End.REFUSED, ended());
            }
            if (reason == FinishReason.LENGTH) {
                return end(changes, asked, End.TRUNCATED, ended());
            }
            OutputForm<?> output = parts.output();
            if (output == null) {
                return end(changes, asked, End.ANSWERED, ended());
            }
            long tries = plainAnswers() + 1;
            if (output.isByTool()) {
                return tries > 1
                        ? end(changes, asked, End.ANSWERED, ended())
                        : changes.set(StateComponents.RUN, asked).update().goTo(loop.answered(loop.again()));
            }
            Map<String, @Nullable Object> written = output.written(answer);
            String problem = written == null ? "It is not a JSON object." : output.problem(written);
            if (written != null && problem.isEmpty()) {
                return end(
                        changes.set(StateComponents.STRUCTURED, output.structured(written)),
                        asked,
                        End.ANSWERED,
                        ended());
            }
            if (tries >= OutputForm.MOST_TRIES) {
                return end(changes, asked, End.ANSWERED, ended());
            }
            Message correction =
                    Message.user("Your answer was not taken. " + problem).withId(Ids.of("user_", in.stepId(), 1));
            return changes.add(StateComponents.MESSAGES, parts.filters().updates(List.of(correction)))
                    .set(StateComponents.RUN, asked)
                    .update()
                    .goTo(loop.answered(loop.again()));
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
                        End.ANSWERED,
                        loop.finish());
            }
            long failed = state.messagesOfRun().stream()
                    .filter(message -> message instanceof ToolMessage result
                            && result.isError()
                            && output.name().equals(result.name()))
                    .count();
            return failed + 1 >= OutputForm.MOST_TRIES
                    ? end(changes, progress, End.ANSWERED, loop.finish())
                    : changes.update().goTo(loop.again());
        }
    }
}
