package dev.clew.agents.middleware;

import dev.clew.agents.HookRun;
import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.ModelWrapper;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelException;
import dev.clew.model.ModelRequest;
import dev.clew.model.TokenEstimate;
import dev.clew.task.TaskFailedException;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows the model a summary in place of older messages, once the conversation is longer than a limit. The messages stay in the
 * state: only what the model sees is shorter. It is cut to half of the limit, and then stays as it is until it is too long again,
 * so that a provider can cache it. The summary is a step of its own. A model that says that the request is too long is
 * asked once more with a shorter one.
 *
 * <pre>{@code
 * .middleware(Summarization.aboveTokens(8_000))
 * }</pre>
 */
public final class Summarization implements Middleware {
    private static final String INSTRUCTION = "Summarise this conversation between a user, an assistant and its tools."
            + " Keep every fact, decision, name, number and open question that the assistant needs to go on.";

    private final int limit;

    private Summarization(int limit) {
        this.limit = limit;
    }

    /** Returns the middleware with a limit of tokens, which are counted as four characters each. */
    public static Summarization aboveTokens(int limit) {
        if (limit < 2) {
            throw new IllegalRequestException("a limit of tokens is at least 2, not " + limit);
        }
        return new Summarization(limit);
    }

    @Override
    public void install(Hooks hooks) {
        hooks.state(Summary.STATE).wrapModelCall(this::call);
    }

    @SuppressWarnings("ReferenceEquality") // the same view: nothing could be cut off
    private AiMessage call(ModelRequest request, HookRun run, ModelWrapper.Next next) throws Throwable {
        View view = View.of(request.messages(), run.state().get(Summary.STATE).summary());
        View shown = view.tokens() > limit ? shorter(view, limit / 4, next) : view;
        AiMessage answer;
        try {
            answer = next.call(request.withMessages(shown.messages()));
        } catch (TaskFailedException failed) {
            View shortest = failed.failure().is(ModelException.ContextOverflow.class) ? shorter(shown, 1, next) : shown;
            if (shortest == shown) {
                throw failed;
            }
            shown = shortest;
            answer = next.call(request.withMessages(shown.messages()));
        }
        Summary summary = shown.summary();
        if (summary != null && shown != view) {
            run.update(summary.update());
        }
        return answer;
    }

    /** The same view if what can be cut off is no longer than this. */
    private View shorter(View view, int least, ModelWrapper.Next next) throws Throwable {
        int cut = view.cut(Math.min(limit, view.tokens()) / 2);
        if (TokenEstimate.of(view.tail().subList(0, cut)) < least) {
            return view;
        }
        String text = next.aside(
                        "summary",
                        ModelRequest.of(List.of(Message.user(view.transcript(cut))))
                                .withSystemPrompt(INSTRUCTION))
                .text();
        Summary summary =
                new Summary(text, String.valueOf(view.tail().get(cut - 1).id()));
        return new View(summary, view.tail().subList(cut, view.tail().size()));
    }

    /** What the model sees: a summary, if there is one, and the messages behind it. */
    private record View(@Nullable Summary summary, List<Message> tail) {
        static View of(List<Message> messages, @Nullable Summary summary) {
            if (summary != null) {
                for (int i = messages.size() - 1; i >= 0; i--) {
                    if (summary.upTo().equals(messages.get(i).id())) {
                        return new View(summary, messages.subList(i + 1, messages.size()));
                    }
                }
            }
            return new View(null, messages);
        }

        List<Message> messages() {
            if (summary == null) {
                return tail;
            }
            List<Message> messages = new ArrayList<>();
            messages.add(Message.user("What was said before, in short:\n" + summary.text()));
            messages.addAll(tail);
            return messages;
        }

        long tokens() {
            return TokenEstimate.of(messages());
        }

        /**
         * How many messages of the tail to cut off so that about so many tokens are left: never all of them, none whose id is not
         * known last, and no message of a model without the results of its calls.
         */
        int cut(long most) {
            long left = 0;
            int cut = tail.size() - 1;
            while (cut > 0 && left + TokenEstimate.of(tail.get(cut)) + TokenEstimate.of(tail.get(cut - 1)) <= most) {
                left += TokenEstimate.of(tail.get(cut));
                cut--;
            }
            while (cut > 0
                    && (tail.get(cut) instanceof ToolMessage
                            || tail.get(cut - 1).id() == null)) {
                cut--;
            }
            return cut;
        }

        String transcript(int cut) {
            String before = summary == null ? "" : "Earlier, in short: " + summary.text() + "\n";
            return before + tail.subList(0, cut).stream().map(View::line).collect(Collectors.joining("\n"));
        }

        private static String line(Message message) {
            if (message instanceof AiMessage answer) {
                return "assistant: " + answer.text() + (answer.toolCalls().isEmpty() ? "" : answer.toolCalls());
            }
            return (message instanceof ToolMessage ? "tool: " : "user: ") + message.text();
        }
    }
}
