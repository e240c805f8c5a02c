package dev.clew.agents;

import dev.clew.messages.Message;
import dev.clew.messages.Trajectory;
import dev.clew.messages.Usage;
import dev.clew.tools.Cost;
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
public final class AgentResult<T> implements Trajectory {
    private final @Nullable T output;
    private final End end;
    private final List<Message> messages;
    private final Cost cost;

    AgentResult(@Nullable T output, End end, List<Message> messages, Cost cost) {
        this.cost = cost;
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
    @Override
    public List<Message> messages() {
        return messages;
    }

    /**
     * Returns the tokens that the run cost: answers, summaries and other calls of its middleware, agents that were called as
     * tools, and failed attempts. What was not reported is estimated, and then {@link Usage#estimated} says so.
     */
    public Usage usage() {
        return cost.usage();
    }

    /** Returns what the run cost: tokens, calls of models, and money if the agent has prices. */
    public Cost cost() {
        return cost;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentResult<?> that
                && Objects.equals(output, that.output)
                && end == that.end
                && messages.equals(that.messages)
                && cost.equals(that.cost);
    }

    @Override
    public int hashCode() {
        return Objects.hash(output, end, messages, cost);
    }

    @Override
    public String toString() {
        return "AgentResult[" + end + ", " + (output == null ? text() : output) + "]";
    }
}
