package dev.clew.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.Pii;
import dev.clew.agents.middleware.PiiKind;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCallChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is streamed of an answer that is filtered. */
final class HeldTextTest {
    private static final Map<String, String> SECRETS = Map.of(
            "email", "ann.example@mail.my-bank.example",
            "card", "4111 1111 1111 1111",
            "ip", "2001:db8:0:0:0:0:0:1",
            "url", "https://my-bank.example/account/" + "0123456789abcdef/".repeat(20) + "77");

    private final List<MessageChunk> shown = new ArrayList<>();

    private static TextFilters filters(PiiKind... kinds) {
        Hooks hooks = new Hooks();
        hooks.install(List.of(Pii.redact(kinds)));
        return hooks.filters();
    }

    private HeldText held(PiiKind... kinds) {
        return new HeldText(filters(kinds), shown::add);
    }

    private String text() {
        return shown.stream().map(MessageChunk::text).collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50, 127, 128, 129, 500})
    void nothingOfASecretIsShownHoweverItIsCut(int size) {
        SECRETS.forEach((name, secret) -> {
            shown.clear();
            PiiKind kind = Map.of("email", PiiKind.EMAIL, "card", PiiKind.CARD, "ip", PiiKind.IP, "url", PiiKind.URL)
                    .get(name);
            String text = "a ".repeat(90) + secret + " and " + secret + " " + "b ".repeat(150) + secret;
            HeldText held = held(kind);

            for (int i = 0; i < text.length(); i += size) {
                held.emit(MessageChunk.text(text.substring(i, Math.min(text.length(), i + size))));
            }
            held.emit(MessageChunk.end(null));

            assertThat(text())
                    .isEqualTo(text.replace(secret, "[REDACTED_" + name.toUpperCase(java.util.Locale.ROOT) + "]"));
        });
    }

    @Test
    void textIsShownBeforeItsEnd() {
        HeldText held = held(PiiKind.EMAIL);

        for (int i = 0; i < 200; i++) {
            held.emit(MessageChunk.text("a "));
        }

        assertThat(text()).hasSizeGreaterThan(200);
    }

    @Test
    void piecesOfOtherKindsReleaseNothing() {
        HeldText held = held(PiiKind.EMAIL);
        ToolCallChunk call = new ToolCallChunk(0, "c1", "book", "{}");

        held.emit(MessageChunk.text("ann@exam"));
        held.emit(MessageChunk.toolCall(call));
        held.emit(MessageChunk.reasoning("she is bob@exam"));
        held.emit(new MessageChunk(
                null,
                List.of(new ContentBlock.Text("ple.org"), new ContentBlock.Reasoning("ple.org")),
                List.of(call),
                null,
                Map.of(),
                false));
        held.emit(MessageChunk.end(null));

        assertThat(text()).isEqualTo("[REDACTED_EMAIL]");
        assertThat(shown.stream().flatMap(piece -> piece.toolCallChunks().stream()))
                .containsExactly(call, call);
        assertThat(shown.stream()
                        .flatMap(piece -> piece.content().stream())
                        .filter(ContentBlock.Reasoning.class::isInstance))
                .containsExactly(new ContentBlock.Reasoning("she is [REDACTED_EMAIL]"));
        assertThat(shown.get(shown.size() - 1).isLast()).isTrue();
    }
}
