package dev.clew.samples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.Usage;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.testing.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ConversationTest {
    @Test
    void piecesOfTheAnswerBelongToTheMessageInTheState() {
        ScriptedModel model = ScriptedModel.create()
                .then(Message.ai("It rains in Rome.").withUsage(Usage.of(3, 5)))
                .then("It rained.");
        Checkpointer memory = Checkpointer.inMemory();
        try (var graph = ConversationGraph.builder(new Conversation(model))
                .checkpointer(memory)
                .build()) {
            RunConfig thread = RunConfig.thread("t");
            List<MessageChunk> pieces = new ArrayList<>();
            Conversation.Chat chat;
            try (RunStream<Conversation.Chat> stream =
                    graph.workflow().stream("Weather?", thread, StreamMode.MESSAGES)) {
                for (StreamEvent event : stream) {
                    pieces.add(((StreamEvent.Message) event).chunk());
                }
                chat = stream.result().value();
            }
            AiMessage answer = (AiMessage) chat.messages().get(1);
            assertThat(pieces.stream().map(MessageChunk::text).collect(Collectors.joining()))
                    .isEqualTo("It rains in Rome.");
            assertThat(pieces).extracting(MessageChunk::id).containsOnly(answer.id());
            assertThat(answer.usage()).isEqualTo(Usage.of(3, 5));

            assertThat(graph.workflow().invoke("And before?", thread).value().messages())
                    .extracting(Message::text)
                    .containsExactly("Weather?", "It rains in Rome.", "And before?", "It rained.");
            assertThat(model.requests().get(1).messages()).hasSize(3);
            graph.workflow().updateState(thread, Conversation.forget(answer));
            assertThat(graph.workflow().snapshot("t").values().messages()).hasSize(3);
        }
    }
}
