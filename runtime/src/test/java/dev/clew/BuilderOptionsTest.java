package dev.clew;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.Retention;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong option is refused by the call that sets it, before anything is built. */
class BuilderOptionsTest {
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);

    static Stream<Map.Entry<String, Consumer<GraphBuilder<?>>>> wrong() {
        return Map.<String, Consumer<GraphBuilder<?>>>of(
                "maxConcurrency", b -> b.maxConcurrency(0),
                "parkAfter", b -> b.parkAfter(NEGATIVE),
                "closeTimeout", b -> b.closeTimeout(NEGATIVE),
                "streamStall", b -> b.streamStall(Duration.ZERO),
                "recoverEvery", b -> b.recoverEvery(Duration.ZERO),
                "retainEvery", b -> b.retainEvery(Duration.ZERO, Retention.keepLast(1)))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesAnOptionWhenItIsSet(Map.Entry<String, Consumer<GraphBuilder<?>>> option) {
        GraphBuilder<?> builder = GraphBuilder.of(wiring -> {
            throw new AssertionError("nothing is built");
        });

        assertThatThrownBy(() -> option.getValue().accept(builder))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageStartingWith("graph builder: " + option.getKey() + " must ");
    }
}
