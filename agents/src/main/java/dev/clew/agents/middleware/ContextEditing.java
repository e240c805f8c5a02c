package dev.clew.agents.middleware;

import dev.clew.agents.HookRun;
import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.ModelWrapper;
import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelRequest;
import dev.clew.model.TokenEstimate;
import dev.clew.tools.ToolRef;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hides older results of tools from the model, and images and files in older messages of people, once the conversation is longer
 * than a limit. The messages stay in the state, and the calls and the texts of people stay in what the model sees. What was hidden stays hidden, and nothing more is, until the limit is reached again, so
 * that a provider can cache the conversation.
 *
 * <pre>{@code
 * .middleware(ContextEditing.clearToolResults(50_000).keep(3).except(WebTools.SEARCH))
 * }</pre>
 */
@SuppressWarnings({"NullAway", "ReferenceEquality"
}) // the very message; a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class ContextEditing implements Middleware {
    private static final String CLEARED = "[cleared]";

    private static final Component<@Nullable String, @Nullable String> UP_TO = Component.<@Nullable String>lastValue(
                    "context_cleared_up_to", TypeRef.of(String.class), null)
            .nullable();

    private static final StateSpec<Section> STATE = StateSpec.of(
            Section.class,
            values -> new Section(values.get(UP_TO)),
            section -> new @Nullable Object[] {section.upTo()},
            UP_TO);

    private final long limit;
    private final int kept;
    private final List<ToolRef> others;

    private ContextEditing(long limit, int kept, List<ToolRef> others) {
        if (limit < 1 || kept < 0) {
            throw new IllegalRequestException(
                    "a limit of tokens is at least 1, and as many results as are kept are not negative: " + limit + ", "
                            + kept);
        }
        this.limit = limit;
        this.kept = kept;
        this.others = others;
    }

    /** The id of the last message that is hidden. */
    record Section(@Nullable String upTo) {}

    /** Returns the middleware with a limit of tokens, as {@link TokenEstimate} counts them. It keeps the last three results and messages with images. */
    public static ContextEditing clearToolResults(long aboveTokens) {
        return new ContextEditing(aboveTokens, 3, List.of());
    }

    /** Returns the same middleware, which shows so many of the last results and messages with images. */
    public ContextEditing keep(int results) {
        return new ContextEditing(limit, results, others);
    }

    /** Returns the same middleware, which never hides results of these tools. */
    public ContextEditing except(ToolRef... tools) {
        return new ContextEditing(limit, kept, List.of(tools));
    }

    @Override
    public void install(Hooks hooks) {
        Set<String> names =
                Arrays.stream(others.toArray(ToolRef[]::new)).map(ToolRef::name).collect(Collectors.toSet());
        hooks.about(others.toArray(ToolRef[]::new))
                .state(STATE)
                .wrapModelCall((request, run, next) -> call(request, run, next, names));
    }

    private AiMessage call(ModelRequest request, HookRun run, ModelWrapper.Next next, Set<String> shown)
            throws Throwable {
        String before = run.state().get(STATE).upTo();
        List<Message> messages = cleared(request.messages(), before, shown);
        if (TokenEstimate.of(request.withMessages(messages)) > limit) {
            String upTo = upTo(request.messages(), shown);
            List<Message> shorter = cleared(request.messages(), upTo, shown);
            if (upTo != null && !shorter.equals(messages)) {
                messages = shorter;
                run.update(STATE.changes().set(UP_TO, upTo).update());
            }
        }
        return next.call(request.withMessages(messages));
    }

    private static boolean isHidden(Message message, Set<String> shown, @Nullable Message newest) {
        return message instanceof ToolMessage result
                ? !shown.contains(String.valueOf(result.name()))
                : message instanceof HumanMessage && message != newest && hasMedia(message);
    }

    private static boolean hasMedia(Message message) {
        return !message.content().stream().allMatch(ContentBlock.Text.class::isInstance);
    }

    /** What the model is asked now: an image in it is never hidden. */
    private static @Nullable Message newest(List<Message> messages) {
        Message newest = null;
        for (Message message : messages) {
            newest = message instanceof HumanMessage ? message : newest;
        }
        return newest;
    }

    private static Message hidden(Message message) {
        if (message instanceof ToolMessage result) {
            return result.withContent(ContentBlock.ofText(CLEARED)).withArtifact(null);
        }
        return message.withContent(message.content().stream()
                .map(block -> block instanceof ContentBlock.Text ? block : new ContentBlock.Text(CLEARED))
                .toList());
    }

    /** The id of the last message that is not one of those that are kept; null if there is none. */
    private @Nullable String upTo(List<Message> messages, Set<String> shown) {
        int left = kept;
        Message newest = newest(messages);
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (isHidden(messages.get(i), shown, newest) && left-- <= 0) {
                return messages.get(i).id();
            }
        }
        return null;
    }

    /** The same messages, of which those up to this one are hidden; as they are if it is not there. */
    private List<Message> cleared(List<Message> messages, @Nullable String upTo, Set<String> shown) {
        int last = -1;
        for (int i = 0; upTo != null && i < messages.size(); i++) {
            last = upTo.equals(messages.get(i).id()) ? i : last;
        }
        Message newest = newest(messages);
        List<Message> cleared = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            cleared.add(i <= last && isHidden(message, shown, newest) ? hidden(message) : message);
        }
        return cleared;
    }
}
