package dev.clew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clew.messages.Message;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelTest {
    @Test
    void requestChangesOnePartAndKeepsTheOthers() {
        ModelRequest request = ModelRequest.of(List.of(Message.user("hi")))
                .withSystemPrompt("Be brief.")
                .withTools(List.of(ToolSpec.of("weather", "Tells the weather.", Map.of("type", "object"))))
                .withToolChoice(ToolChoice.named("weather"))
                .withParallelToolCalls(false)
                .withOutputFormat(new OutputFormat("Trip", Map.of("type", "object"), true))
                .withSettings(ModelSettings.none().withTemperature(0.5))
                .withCachePoints(EnumSet.of(CachePoint.TOOLS))
                .withExtra(Map.of("seed", 1L));
        assertThat(request.withMessages(List.of()).withMessages(request.messages()))
                .isEqualTo(request);
        assertThat(request.lastMessage()).isEqualTo(Message.user("hi"));
        assertThat(request.extra()).isEqualTo(Map.of("seed", 1));
        assertThat(request.withToolChoice(ToolChoice.AUTO)).isNotEqualTo(request);
    }

    @Test
    void nameOfAToolIsChecked() {
        for (String bad : List.of("", "with space", "a.b", "ö", "x".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ToolSpec.of(bad, "", Map.of()))
                    .withMessageContaining("is not a valid tool name");
        }
        assertThat(ToolSpec.provider(Map.of("type", "web_search")).name()).isEqualTo("web_search");
        assertThatIllegalArgumentException().isThrownBy(() -> ToolSpec.provider(Map.of("kind", "web_search")));
    }

    @Test
    void failuresSayWhetherTheyMayPass() {
        assertThat(List.of(
                        ModelException.authentication("no key", null),
                        ModelException.permission("not this", null),
                        ModelException.invalidRequest("what", null),
                        ModelException.notFound("no such model", null),
                        ModelException.contextOverflow("too long", null),
                        ModelException.refusal("no", null)))
                .noneMatch(ModelException::isRetryable);
        assertThat(List.of(
                        ModelException.rateLimited("slower", Duration.ofSeconds(2), null),
                        ModelException.unavailable("down", null),
                        ModelException.connection("cut", null),
                        ModelException.timeout("slow", null)))
                .allMatch(ModelException::isRetryable);
        assertThat(ModelException.rateLimited("slower", Duration.ofSeconds(2), null)
                        .retryAfter())
                .contains(Duration.ofSeconds(2));
        assertThat(ModelException.unavailable("down", null).retryAfter()).isEmpty();
    }

    @Test
    void unknownModelPromisesNothingButTools() {
        ModelProfile unknown = ModelProfile.unknown();
        assertThat(unknown.parallelToolCalls()).isTrue();
        assertThat(unknown.structuredOutput() || unknown.forcedToolChoice()).isFalse();
        assertThat(((ModelClient) (request, call) -> Message.ai("hi")).profile())
                .isEqualTo(unknown);
    }
}
