package dev.clew.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class MessageTest {
    @Test
    void messagesOfEqualPartsAreEqual() {
        assertThat(Message.user("hi")).isEqualTo(Message.user("hi")).isNotEqualTo(Message.user("ho"));
        assertThat(Message.ai("hi").withId("a1")).isEqualTo(Message.ai("hi").withId("a1"));
        assertThat(Message.ai("hi")).isNotEqualTo(Message.ai("hi").withId("a1"));
        assertThat((Object) Message.system("hi")).isNotEqualTo(Message.user("hi"));
    }

    /** Python's pairs, dicts and texts are factories here; what clients send in these forms is read by the codec. */
    @Test
    @Tag("G155")
    void factoriesMakeEachKindOfMessage() {
        ToolCall call = ToolCall.of("c1", "weather", Map.of("city", "Rome"));

        assertThat(List.of(
                        Message.system("obey"),
                        Message.user("hi"),
                        Message.ai("hello"),
                        Message.ai(call),
                        Message.tool(call, "sun"),
                        ToolMessage.error(call, "no city")))
                .extracting(message -> message.getClass().getSimpleName() + ":" + message.text())
                .containsExactly(
                        "SystemMessage:obey",
                        "HumanMessage:hi",
                        "AiMessage:hello",
                        "AiMessage:",
                        "ToolMessage:sun",
                        "ToolMessage:no city");
    }

    @Test
    void textIsTheTextBlocksOneAfterAnother() {
        Message message = Message.user(
                new ContentBlock.Text("What is "), ContentBlock.Image.ofUrl("cat.png"), new ContentBlock.Text("it?"));
        assertThat(message.text()).isEqualTo("What is it?");
        assertThat(Message.ai(ToolCall.of("c1", "weather", Map.of())).text()).isEmpty();
        assertThat(Message.user("").content()).isEmpty();
    }

    @Test
    void withChangesOnePartAndKeepsTheOthers() {
        AiMessage answer = Message.ai("hi")
                .withId("a1")
                .withName("travel")
                .withUsage(Usage.of(3, 2))
                .withMetadata("model_provider", "openai")
                .withFinishReason(FinishReason.LENGTH)
                .withExtras(Map.of("additional_kwargs", Map.of("x", 1)));
        AiMessage changed = answer.withToolCalls(List.of(ToolCall.of("c1", "weather", Map.of("city", "Rome"))));
        assertThat(changed.withToolCalls(List.of())).isEqualTo(answer);
        assertThat(changed.id()).isEqualTo("a1");
        assertThat(changed.modelProvider()).isEqualTo("openai");
        assertThat(changed.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(changed.rawFinishReason()).isEqualTo("length");
    }

    @Test
    void resultOfACallNamesTheCall() {
        ToolCall call = ToolCall.of("c1", "weather", Map.of());
        ToolMessage result = Message.tool(call, "sun");
        assertThat(result.toolCallId()).isEqualTo("c1");
        assertThat(result.name()).isEqualTo("weather");
        assertThat(result.isError()).isFalse();
        assertThat(ToolMessage.error(call, "no such city").isError()).isTrue();
    }

    @Test
    void whatWasGivenIsCopied() {
        Map<String, Object> args = new LinkedHashMap<>();
        List<Object> cities = new ArrayList<>(List.of("Rome"));
        args.put("cities", cities);
        ToolCall call = ToolCall.of("c1", "weather", args);
        cities.add("Oslo");
        args.clear();
        assertThat(call.args()).isEqualTo(Map.of("cities", List.of("Rome")));
    }

    @Test
    void numbersHaveOneForm() {
        assertThat(PlainData.copyOf(
                        Map.of("n", 3L, "m", BigInteger.TWO.pow(40), "d", new BigDecimal("1.5"), "f", 0.1f)))
                .isEqualTo(Map.of("n", 3, "m", 1L << 40, "d", 1.5, "f", 0.1));
        assertThat(PlainData.copyOf(new BigDecimal("1.50"))).isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void whatIsNotPlainDataIsRefusedByItsPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolCall.of("c1", "weather", Map.of("where", List.of(Map.of("at", Thread.class)))))
                .withMessageContaining("where[0].at is a java.lang.Class");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainData.copyOf(Arrays.asList(1, Double.NaN)))
                .withMessageContaining("[1] is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainData.copyOf(Map.of(1, 2)))
                .withMessageContaining("a key that is not text");
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainData.copyOf(itself))
                .withMessageContaining("contains itself");
    }

    @Test
    void nullsInPlainDataAreKept() {
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("city", null);
        assertThat(ToolCall.of("c1", "weather", args).args()).containsEntry("city", null);
    }

    @Test
    void imageNeedsASource() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContentBlock.Image(null, null, null, "image/png", Map.of(), Map.of()))
                .withMessageContaining("url, base64 or a file id");
    }

    @Test
    void wordsOfProvidersAreKnown() {
        assertThat(List.of("STOP", "end_turn", "max_tokens", "tool_use", "SAFETY", "refusal", "made_up"))
                .map(FinishReason::of)
                .containsExactly(
                        FinishReason.STOP,
                        FinishReason.STOP,
                        FinishReason.LENGTH,
                        FinishReason.TOOL_CALLS,
                        FinishReason.CONTENT_FILTER,
                        FinishReason.REFUSAL,
                        FinishReason.OTHER);
        for (FinishReason reason : FinishReason.values()) {
            assertThat(FinishReason.of(reason.word())).isEqualTo(reason);
        }
    }

    @Test
    void usageAddsUp() {
        Usage sum = new Usage(100, 20, 80, 5, 10, false).plus(new Usage(1, 2, 3, 4, 5, true));
        assertThat(sum).isEqualTo(new Usage(101, 22, 83, 9, 15, true));
        assertThat(sum.total()).isEqualTo(123);
        assertThatIllegalArgumentException().isThrownBy(() -> Usage.of(-1, 0));
    }

    @Test
    void removalOfAllIsKnownByItsId() {
        assertThat(RemoveMessage.all().id()).isEqualTo("__remove_all__");
        assertThat(RemoveMessage.all().isAll()).isTrue();
        assertThat(new RemoveMessage("a1").isAll()).isFalse();
    }
}
