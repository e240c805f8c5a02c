package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.assertThatThrownBy;

import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Trajectory;
import dev.clew.messages.Usage;
import dev.clew.model.ToolName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Assertions about the way that an agent took. */
final class TrajectoryTest {
    private static final ToolName WEATHER = () -> "weather";
    private static final ToolName BOOK = () -> "book";
    private static final ToolName CANCEL = () -> "cancel";

    private static final Trajectory RUN = () -> List.of(
            Message.ai(ToolCall.of("c1", "weather", Map.of("city", "Rome"))).withUsage(Usage.of(10, 2)),
            Message.ai(
                    ToolCall.of("c2", "book", Map.of("to", "Rome")),
                    ToolCall.of("c3", "weather", Map.of("city", "Oslo"))),
            Message.ai("done").withUsage(Usage.of(20, 3)));

    @Test
    void whatFitsPasses() {
        assertThat(RUN)
                .calledTools(WEATHER, BOOK, WEATHER)
                .calledTools("weather", "book", "weather")
                .inAnyOrder()
                .calledTools(WEATHER, WEATHER, BOOK)
                .atLeast(BOOK)
                .neverCalled(CANCEL)
                .with(BOOK, args -> "Rome".equals(args.get("to")))
                .usesAtMost(35)
                .says("done");
    }

    @Test
    void whatDoesNotFitFailsWithTheCalls() {
        assertThatThrownBy(() -> assertThat(RUN).calledTools(WEATHER, WEATHER, BOOK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("book{to=Rome}");
        assertThatThrownBy(() -> assertThat(RUN).inAnyOrder().calledTools(WEATHER, BOOK))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(RUN).atLeast(BOOK, BOOK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[book]");
        assertThatThrownBy(() -> assertThat(RUN).neverCalled(BOOK)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(RUN).with(BOOK, args -> args.isEmpty()))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(RUN).usesAtMost(34)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(RUN).says("Done")).isInstanceOf(AssertionError.class);
    }
}
