package dev.clew.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.message.MessageAssembly;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Usage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelException;
import dev.clew.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScriptedModelTest {
    /** A call that keeps what is emitted. */
    private static final class Call implements ModelCall {
        private final List<MessageChunk> pieces = new ArrayList<>();

        @Override
        public boolean isStreamed() {
            return true;
        }

        @Override
        public void emit(MessageChunk chunk) {
            pieces.add(chunk);
        }

        @Override
        public void onCancel(Runnable close) {}

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String idempotencyKey() {
            return "key";
        }
    }

    private static ModelRequest asks(String text) {
        return ModelRequest.of(List.of(Message.user(text)));
    }

    @Test
    void answersComeInTheirOrderAndEachOnce() throws Exception {
        ScriptedModel model = ScriptedModel.create().then("one").then("two");
        assertThat(model.call(asks("a"), new Call()).text()).isEqualTo("one");
        assertThat(model.left()).isEqualTo(1);
        assertThat(model.call(asks("b"), new Call()).text()).isEqualTo("two");
        assertThatThrownBy(() -> model.call(asks("and now?").withSystemPrompt("Be brief."), new Call()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("number 3")
                .hasMessageContaining("Be brief.")
                .hasMessageContaining("and now?");
        assertThat(model.requests()).hasSize(3);
    }

    @Test
    void conditionsComeBeforeTheOrder() throws Exception {
        ScriptedModel model = ScriptedModel.create()
                .then("else")
                .when(request -> request.lastMessage().text().equals("ping"), "pong");
        assertThat(model.call(asks("ping"), new Call()).text()).isEqualTo("pong");
        assertThat(model.call(asks("x"), new Call()).text()).isEqualTo("else");
        assertThat(model.call(asks("ping"), new Call()).text()).isEqualTo("pong");
    }

    @Test
    void failuresAreThrown() {
        ScriptedModel model = ScriptedModel.create().fail(() -> ModelException.unavailable("down", null));
        assertThatThrownBy(() -> model.call(asks("a"), new Call())).isInstanceOf(ModelException.Unavailable.class);
    }

    @Test
    void piecesAddUpToTheAnswer() throws Exception {
        AiMessage answer = Message.ai("let me look")
                .withToolCalls(List.of(
                        ToolCall.of("c1", "weather", Map.of("city", "Rome")), ToolCall.of("c2", "time", Map.of())))
                .withUsage(Usage.of(3, 4));
        Call call = new Call();
        assertThat(ScriptedModel.create().then(answer).call(asks("a"), call)).isEqualTo(answer);
        MessageAssembly pieces = new MessageAssembly();
        call.pieces.forEach(pieces::add);
        assertThat(pieces.message()).isEqualTo(answer);
        assertThat(call.pieces).hasSizeGreaterThan(6);
    }

    @Test
    void chunksAreEmittedAsTheyAre() throws Exception {
        Call call = new Call();
        MessageChunk[] pieces = {MessageChunk.reasoning("hmm"), MessageChunk.text("o"), MessageChunk.text("k")};
        AiMessage answer = ScriptedModel.create().thenChunks(pieces).call(asks("a"), call);
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(call.pieces).containsExactly(pieces);
    }
}
