package dev.clew.server.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import dev.clew.json.JsonCodec;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCallChunk;
import dev.clew.messages.Usage;
import dev.clew.server.catalog.Served;
import dev.clew.server.fixture.Fixtures;
import dev.clew.server.json.Json;
import dev.clew.state.StepKind;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.EncryptingCodec;
import java.time.Instant;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class TapeStripTest {
    private static FeedEntry at(long position, FeedEvent event) {
        return new FeedEntry(position, Instant.ofEpochMilli(1_700_000_000_123L), event);
    }

    private static FeedEntry piece(long position, MessageChunk chunk) {
        return at(position, new FeedEvent.Piece("say:0", "say", 2, "m-1", chunk.withId("m-1")));
    }

    @Test
    void allThatIsInNoLogIsReadAsItWasWritten() {
        TapeStrip strip = new TapeStrip(
                List.of(
                        at(
                                64,
                                new FeedEvent.Started(
                                        "", "flow", null, Json.object().put("q", 1))),
                        at(72, new FeedEvent.Started("say:0", "say", StepKind.TASK, null)),
                        at(80, new FeedEvent.Emitted("say:0", Json.text("日本"))),
                        at(88, new FeedEvent.Emitted("", Json.nothing())),
                        piece(96, MessageChunk.text("He")),
                        piece(104, MessageChunk.reasoning("why")),
                        piece(112, MessageChunk.toolCall(new ToolCallChunk(0, "c-1", "find", "{\"a\":"))),
                        piece(120, MessageChunk.end(Usage.of(3, 2))),
                        at(128, new FeedEvent.Voided("say:0", "say", "m-1")),
                        at(136, new FeedEvent.Values(Json.object().put("n", 7))),
                        at(144, new FeedEvent.Gap())),
                151,
                true,
                false);

        assertThat(TapeStrip.read(strip.bytes())).isEqualTo(strip);
    }

    @Test
    void aPieceIsProtected() {
        Codec codec = EncryptingCodec.builder(JsonCodec.standard())
                .key("k", new SecretKeySpec(new byte[32], "AES"))
                .current("k")
                .build();
        Checkpointer store = Checkpointer.inMemory();
        try (Fixtures fixtures = Fixtures.open(builder -> builder.checkpointer(store))) {
            @SuppressWarnings("unchecked") // the input is a text
            Workflow<Object, Object> workflow =
                    (Workflow<Object, Object>) fixtures.workflows().get("plain");
            Served served = new Served("plain", workflow, codec, store);
            Tapes tapes = new Tapes(store.tape(), (thread, run) -> true, (work, millis) -> {});
            TapeStrip strip =
                    new TapeStrip(List.of(at(64, new FeedEvent.Emitted("", Json.text("secret")))), 71, true, true);

            assertThat(workflow.invoke("x", RunConfig.thread("t")).value()).isEqualTo("hello x");
            tapes.append(served, "t", 1, strip);

            TapePiece kept =
                    store.tape().read(List.of(TapePlace.start("t", 1)), 9).get(0);
            assertThat(new String(kept.bytes(), UTF_8)).doesNotContain("secret");
            assertThat(Tapes.strip(served, kept)).isEqualTo(strip);
            assertThatThrownBy(() -> codec.reveal(kept.bytes(), new Codec.Place("tape", "t:2")))
                    .isInstanceOf(CodecException.class);
        }
    }
}
