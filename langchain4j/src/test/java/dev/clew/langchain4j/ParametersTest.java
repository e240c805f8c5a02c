package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.messages.Message;
import dev.clew.model.CachePoint;
import dev.clew.model.ModelException;
import dev.clew.model.ModelRequest;
import dev.clew.model.ModelSettings;
import dev.clew.model.ToolSpec;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What LangChain4j's common parameters have no place for is passed on by a function, or refused. */
final class ParametersTest {
    private static final ModelRequest PLAIN = ModelRequest.of(List.of(Message.user("Hi")))
            .withTools(List.of(ToolSpec.of("weather", "Tells.", Map.of("type", "object"))));

    private static ModelRequest with(String part) {
        return switch (part) {
            case "parallelToolCalls(false)" -> PLAIN.withParallelToolCalls(false);
            case "reasoningEffort" -> PLAIN.withSettings(ModelSettings.none().withReasoningEffort("low"));
            case "cachePoints" -> PLAIN.withCachePoints(Set.of(CachePoint.TOOLS));
            default -> PLAIN.withExtra(Map.of("seed", 7));
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"parallelToolCalls(false)", "reasoningEffort", "cachePoints", "extra"})
    void isRefusedWithASentence(String part) {
        assertThatThrownBy(() -> new ChatRequests("openai", null).of(with(part)))
                .isInstanceOf(ModelException.InvalidRequest.class)
                .hasMessageContaining("the request has " + part)
                .hasMessageContaining("parameters(…)");
    }

    @Test
    void severalCallsAtOnceAreTheDefaultAndNotRefused() {
        assertThat(new ChatRequests("openai", null)
                        .of(PLAIN.withParallelToolCalls(true))
                        .toolSpecifications())
                .hasSize(1);
    }

    @Test
    void functionPassesThemOnBesideTheCommonOnes() {
        ChatRequests requests = new ChatRequests(
                "openai",
                (request, common) -> OpenAiChatRequestParameters.builder()
                        .overrideWith(common)
                        .parallelToolCalls(request.parallelToolCalls())
                        .seed((Integer) request.extra().get("seed"))
                        .build());

        ChatRequest made = requests.of(PLAIN.withParallelToolCalls(false)
                .withExtra(Map.of("seed", 7))
                .withSettings(ModelSettings.none().withTemperature(0.5)));

        OpenAiChatRequestParameters parameters = (OpenAiChatRequestParameters) made.parameters();
        assertThat(parameters.parallelToolCalls()).isFalse();
        assertThat(parameters.seed()).isEqualTo(7);
        assertThat(parameters.temperature()).isEqualTo(0.5);
        assertThat(parameters.toolSpecifications()).hasSize(1);
        assertThat(made.messages()).hasSize(1);
    }
}
