package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A web framework can return what a graph gives, with Jackson as it is. */
final class WebJsonTest {
    private static final RunConfig T = RunConfig.thread("t");

    record Draft(String text, List<Integer> marks) {}

    private static final InterruptKey<Draft, Boolean> REVIEW = InterruptKey.of("review", Draft.class, Boolean.class);

    private final ObjectMapper mapper = JsonMapper.shared();

    @Test
    void stateAndResultAreWrittenWhileAQuestionIsPending() {
        try (Lab lab = new Lab(Checkpointer.inMemory(), Durability.SYNC)) {
            lab.body((input, calls, run) -> {
                calls.task("compose", input, s -> s).join();
                return "" + run.interrupt(REVIEW, new Draft(input, List.of(1)));
            });

            var pause = (RunResult.Interrupted<String>) lab.workflow().invoke("rain", T);
            JsonNode result = mapper.readTree(mapper.writeValueAsString(pause));
            JsonNode state =
                    mapper.readTree(mapper.writeValueAsString(lab.workflow().state(T)));
            JsonNode typed = mapper.readTree(mapper.writeValueAsString(pause.only(REVIEW)));

            assertThat(result.get("threadId").asString()).isEqualTo("t");
            for (JsonNode question :
                    List.of(result.get("pending").get(0), state.get("pending").get(0), typed)) {
                assertThat(question.get("id").asString())
                        .isEqualTo(pause.only(REVIEW).id());
                assertThat(question.get("name").asString()).isEqualTo("review");
                assertThat(question.get("path").asString()).startsWith("ask:review");
                assertThat(question.get("answerType").asString()).isEqualTo("java.lang.Boolean");
                assertThat(question.get("deadline").isNull()).isTrue();
                assertThat(question.get("value").toString()).isEqualTo("{\"text\":\"rain\",\"marks\":[1]}");
            }
            assertThat(state.get("steps").get(0).get("name").asString()).isEqualTo("compose");
        }
    }

    @Test
    void aFailedStateIsWrittenWithItsStackTrace() {
        try (Lab lab = new Lab(Checkpointer.inMemory(), Durability.SYNC)) {
            lab.body((input, calls, run) -> {
                throw new IllegalStateException("broken");
            });
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> lab.workflow().invoke("rain", T)))
                    .isNotNull();

            JsonNode state =
                    mapper.readTree(mapper.writeValueAsString(lab.workflow().state(T)));

            assertThat(state.get("failure").get("message").asString()).isEqualTo("broken");
            assertThat(state.get("failure").get("stackTrace").get(0).asString()).contains("WebJsonTest");
        }
    }
}
