package dev.clew.agents;

import dev.clew.graph.Changes;
import dev.clew.graph.NodeInput;
import dev.clew.graph.NodeResult;
import dev.clew.graph.ScopeInput;
import dev.clew.graph.Send;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.Messages;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The node of a hook before or after the model or the agent. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class HookNode {
    private final RegisteredHook hook;
    private final Loop loop;
    private final StateSpec<AgentState> spec;
    private final TextFilters filters;

    HookNode(RegisteredHook hook, Loop loop, StateSpec<AgentState> spec, TextFilters filters) {
        this.hook = hook;
        this.loop = loop;
        this.spec = spec;
        this.filters = filters;
    }

    NodeResult<AgentState> runLeaf(NodeInput<AgentState, @Nullable Void> in) throws Throwable {
        AgentState state = in.state();
        return isSkipped(state)
                ? skipped(state)
                : given(in, state, () -> Objects.requireNonNull(hook.leaf()).run(state, in));
    }

    NodeResult<AgentState> runScope(ScopeInput<AgentState, @Nullable Void> in) throws Throwable {
        AgentState state = in.state();
        return isSkipped(state)
                ? skipped(state)
                : given(in, state, () -> Objects.requireNonNull(hook.scope()).run(state, in.run()));
    }

    /** What a hook gives or throws. */
    private interface Code {
        @Nullable
        HookResult run() throws Throwable;
    }

    private NodeResult<AgentState> given(NodeInput<AgentState, @Nullable Void> in, AgentState state, Code code)
            throws Throwable {
        HookResult given;
        try {
            given = code.run();
        } catch (Throwable failed) {
            FoldedState folded = (FoldedState) state;
            throw SpentCause.in(failed, folded, folded.spending().run());
        }
        return result(in, state, given);
    }

    /** Calls that run alone pass here between two answers, and then the model is not asked. */
    private boolean isSkipped(AgentState state) {
        return hook.point() == HookPoint.BEFORE_MODEL && !loop.isAsking(state, FoldedState.progress(state));
    }

    private NodeResult<AgentState> skipped(AgentState state) {
        return spec.changes().update().goTo(loop.after(hook, state.messages(), FoldedState.progress(state)));
    }

    private NodeResult<AgentState> result(
            NodeInput<AgentState, @Nullable Void> in, AgentState state, @Nullable HookResult given) {
        HookResult result = given == null ? HookResult.proceed() : given;
        List<MessageUpdate> updates = new ArrayList<>();
        RunProgress progress = FoldedState.progress(state);
        if (progress.isStart()) {
            Opening opening = Opening.of(state.messages(), progress, filters);
            updates.addAll(opening.updates());
            progress = progress.begun(opening.messages().size());
        }
        List<Message> opened = merged(state.messages(), updates);
        Jump jump = result.target();
        requireDeclared(jump);
        List<MessageUpdate> own = filters.updates(identified(result.messages(), in));
        List<MessageUpdate> said = jump == Jump.MODEL ? closed(opened, own, progress) : own;
        updates.addAll(said);
        List<Message> messages = merged(opened, said);
        boolean isOutputForgotten = jump == Jump.MODEL && progress.end() != null;
        progress = jumped(progress.moved(opened, messages), jump);
        Changes<AgentState> changes = StateComponents.add(spec.changes(), updates);
        if (isOutputForgotten) {
            changes = changes.set(StateComponents.STRUCTURED, null);
        }
        for (StateUpdate<?> update : result.updates()) {
            changes = changes.include(update);
        }
        CallCounts.Update counted = CallCounts.Update.of(0, own, new Conversation(opened).callIds());
        if (!counted.isEmpty()) {
            changes = changes.add(StateComponents.CALLS, counted);
        }
        if (!progress.equals(FoldedState.progress(state))) {
            changes = changes.set(StateComponents.RUN, progress);
        }
        return changes.update().goTo(next(jump, messages, progress));
    }

    private static List<Message> merged(List<Message> messages, List<MessageUpdate> updates) {
        return new Messages.Merge().apply(messages, updates);
    }

    /** What the hook says, and errors for the open calls, which are not executed when the model is asked again. */
    private List<MessageUpdate> closed(List<Message> messages, List<MessageUpdate> own, RunProgress progress) {
        List<MessageUpdate> errors = errors(messages, own, progress);
        List<MessageUpdate> first = joined(errors, own); // models want results right behind their calls
        return errors(messages, first, progress).isEmpty() ? first : joined(own, errors);
    }

    private List<MessageUpdate> errors(List<Message> messages, List<MessageUpdate> said, RunProgress progress) {
        List<Message> after = merged(messages, said);
        Conversation talk = new Conversation(after);
        int last = talk.lastAnswer(progress.moved(messages, after).from());
        List<MessageUpdate> errors = new ArrayList<>();
        for (ToolCall call : last < 0 ? List.<ToolCall>of() : talk.unanswered(last)) {
            errors.add(ToolMessage.error(call, "not executed: '" + hook.node() + "' sent the answer back")
                    .withId(Ids.of("back_", after.get(last).id() + "/" + call.id(), errors.size())));
        }
        return errors;
    }

    private static List<MessageUpdate> joined(List<MessageUpdate> some, List<MessageUpdate> more) {
        List<MessageUpdate> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static RunProgress jumped(RunProgress progress, @Nullable Jump jump) {
        if (jump == Jump.END) {
            return progress.end() == null ? progress.ended(End.JUMPED) : progress;
        }
        if (jump == Jump.MODEL) {
            return progress.sentBack();
        }
        return jump == null ? progress : progress.resumed();
    }

    private List<Send> next(@Nullable Jump jump, List<Message> messages, RunProgress progress) {
        if (jump == null) {
            return loop.after(hook, messages, progress);
        }
        return switch (jump) {
            case MODEL -> loop.again();
            case END -> hook.point() == HookPoint.AFTER_AGENT ? List.of() : loop.finish();
            case TOOLS -> {
                var due = loop.due(messages, progress);
                if (due.isEmpty()) {
                    throw new IllegalRequestException("'" + hook.node()
                            + "' jumps to the tools, and the last answer has no call without a result;"
                            + " look at the state before you jump");
                }
                yield loop.calls(due);
            }
        };
    }

    private void requireDeclared(@Nullable Jump jump) {
        if (jump != null && !hook.jumps().contains(jump)) {
            throw new IllegalRequestException(
                    "'" + hook.node() + "' jumps to " + jump + ", which it has not declared; register it with hooks."
                            + hook.point().method() + "(…, Jump." + jump + ")");
        }
    }

    /** An id that a later replay gives again, because what is next is decided by these messages. */
    private static List<MessageUpdate> identified(List<MessageUpdate> given, NodeInput<AgentState, @Nullable Void> in) {
        List<MessageUpdate> all = new ArrayList<>();
        for (MessageUpdate each : given) {
            all.add(
                    each instanceof Message message && message.id() == null
                            ? message.withId(Ids.of("hook_", in.stepId(), all.size()))
                            : each);
        }
        return all;
    }
}
