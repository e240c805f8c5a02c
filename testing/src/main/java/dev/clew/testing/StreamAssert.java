package dev.clew.testing;

import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.stream.StreamEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects of a stream, which was read to its end.
 *
 * <pre>{@code
 * assertThat(write.stream("rain", StreamMode.UPDATES, StreamMode.MESSAGES))
 *     .hasUpdate("compose", new Draft("It rains."))
 *     .hasTokens("It", " rains", ".");
 * }</pre>
 *
 * @param <O> the type of the workflow's value
 */
public final class StreamAssert<O extends @Nullable Object> extends AbstractAssert<StreamAssert<O>, List<StreamEvent>> {
    private final RunResult<O> result;

    private StreamAssert(List<StreamEvent> events, RunResult<O> result) {
        super(events, StreamAssert.class);
        this.result = result;
    }

    static <O extends @Nullable Object> StreamAssert<O> read(RunStream<O> stream) {
        List<StreamEvent> events = new ArrayList<>();
        stream.forEach(events::add);
        return new StreamAssert<>(events, stream.result());
    }

    /** A step with this name had this result. */
    public StreamAssert<O> hasUpdate(String step, @Nullable Object value) {
        boolean found = actual.stream()
                .anyMatch(event -> event instanceof StreamEvent.Update update
                        && update.name().equals(step)
                        && Objects.deepEquals(update.value(), value));
        if (!found) {
            throw failure("%nExpecting an update of '%s' with%n  %s%nin%n  %s", step, value, actual);
        }
        return this;
    }

    /** Exactly these were emitted, in this order. */
    public StreamAssert<O> hasEmitted(@Nullable Object... values) {
        List<@Nullable Object> emitted = new ArrayList<>();
        for (StreamEvent event : actual) {
            if (event instanceof StreamEvent.Custom custom) {
                emitted.add(custom.value());
            }
        }
        Assertions.assertThat(emitted).isEqualTo(Arrays.asList(values));
        return this;
    }

    /** Exactly these tokens came, in this order. */
    public StreamAssert<O> hasTokens(String... tokens) {
        List<String> came = new ArrayList<>();
        for (StreamEvent event : actual) {
            if (event instanceof StreamEvent.Message message) {
                came.add(message.token());
            }
        }
        Assertions.assertThat(came).containsExactly(tokens);
        return this;
    }

    /** The run ended with this value. */
    public StreamAssert<O> endsWith(O value) {
        Assertions.assertThat(result.value()).isEqualTo(value);
        return this;
    }

    /** All events, to say more about them. */
    public ListAssert<StreamEvent> events() {
        return Assertions.assertThat(actual);
    }
}
