package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.Usage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run of an agent gives. Immutable.
 *
 * <pre>{@code
 * TripPlan plan = result.value().output();
 * }</pre>
 *
 * @param <T> the type of the output; text, unless the agent was built with another
 */
public final class AgentResult<T> {
    private final @Nullable T output;
    private final End end;
    private final List<Message> messages;

    AgentResult(@Nullable T output, End end, List<Message> messages) {
        this.output = output;
        this.end = end;
        this.messages = List.copyOf(messages);
    }

    /**
     * Returns the output.
     *
     * @throws NoOutputException if there is none, because the run ended otherwise; it names the end
     */
    public T output() {
        if (output == null) {
            throw new NoOutputException(end, text());
        }
        return output;
    }

    /** Returns the output, if there is one. */
    public Optional<T> outputIfAny() {
        return Optional.ofNullable(output);
    }

    /** Returns how the run ended. */
    public End end() {
        return end;
    }

    /** Returns the text of the last message. */
    public String text() {
        return messages.isEmpty() ? "" : messages.get(messages.size() - 1).text();
    }

    /** Returns the messages that the run made: what the model said, and the results of its calls. */
    public List<Message> messages() {
        return messages;
    }

    /** Returns the tokens that the answers of the model cost in this run, as far as they were reported. */
    public Usage usage() {
        Usage all = Usage.NONE;
        for (Message message : messages) {
            if (message instanceof AiMessage ai && ai.usage() != null) {
                all = all.plus(ai.usage());
            }
        }
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentResult<?> that
                && Objects.equals(output, that.output)
                && end == that.end
                && messages.equals(that.messages);
    }

    @Override
    public int hashCode() {
        return Objects.hash(output, end, messages);
    }

    @Override
    public String toString() {
        return "AgentResult[" + end + ", " + (output == null ? text() : output) + "]";
    }
}
