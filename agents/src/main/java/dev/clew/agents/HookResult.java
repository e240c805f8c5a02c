package dev.clew.agents;

import dev.clew.graph.StateUpdate;
import dev.clew.messages.MessageUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a hook before or after the model or the agent gives: changes of the state, and where the loop jumps. Immutable.
 *
 * <pre>{@code
 * return HookResult.proceed();
 * return HookResult.proceed().update(QuotaUpdate.update().used(3));
 * return HookResult.jump(Jump.END).messages(Message.ai("This is more than you may ask today."));
 * }</pre>
 */
public final class HookResult {
    private static final HookResult PROCEED = new HookResult(null, List.of(), List.of());

    private final @Nullable Jump jump;
    private final List<MessageUpdate> messages;
    private final List<StateUpdate<?>> updates;

    private HookResult(@Nullable Jump jump, List<MessageUpdate> messages, List<StateUpdate<?>> updates) {
        this.jump = jump;
        this.messages = messages;
        this.updates = updates;
    }

    /** Returns the result that changes nothing: the loop proceeds as it would without the hook. */
    public static HookResult proceed() {
        return PROCEED;
    }

    /** Returns the result that sends the loop there. The hook must be registered with this jump. */
    public static HookResult jump(Jump to) {
        return new HookResult(Objects.requireNonNull(to, "to"), List.of(), List.of());
    }

    /** Returns the same result with these messages, which are merged into the conversation. */
    public HookResult messages(MessageUpdate... more) {
        List<MessageUpdate> all = new ArrayList<>(messages);
        all.addAll(List.of(more));
        return new HookResult(jump, List.copyOf(all), updates);
    }

    /** Returns the same result with a change of a section of the state. */
    public HookResult update(StateUpdate<?> update) {
        List<StateUpdate<?>> all = new ArrayList<>(updates);
        all.add(update);
        return new HookResult(jump, messages, List.copyOf(all));
    }

    @Nullable
    Jump target() {
        return jump;
    }

    List<MessageUpdate> messages() {
        return messages;
    }

    List<StateUpdate<?>> updates() {
        return updates;
    }
}
