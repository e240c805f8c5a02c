package dev.clew.samples.guides;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.guides.ChatUpdate.update;

import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.flow.TaskContext;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageIds;
import dev.clew.messages.Messages;
import dev.clew.messages.RemoveMessage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelRequest;
import java.util.List;

/** The graph of the guide on messages: a conversation whose answers stream. */
@StateGraph(Conversation.Chat.class)
public class Conversation {
    /** A conversation. */
    @State
    public record Chat(@Messages List<Message> messages) {}

    private final ModelClient model;

    Conversation(ModelClient model) {
        this.model = model;
    }

    @Input
    ChatUpdate say(String text) {
        return update().messages(Message.user(text));
    }

    @Node(after = START)
    ChatUpdate answer(List<Message> messages, TaskContext task) throws Exception {
        ModelRequest request = ModelRequest.of(messages).withSystemPrompt("Answer in one sentence.");
        AiMessage answer = model.call(request, new StepCall(task));
        return update().messages(answer.withId(MessageIds.ofAttempt(task.stepId(), task.attempt())));
    }

    static ChatUpdate forget(Message message) {
        return update().messages(new RemoveMessage(String.valueOf(message.id())));
    }

    /** The call of a model in a step: its pieces go to those who stream the run. */
    record StepCall(TaskContext task) implements ModelCall {
        @Override
        public boolean isStreamed() {
            return task.isStreamed();
        }

        @Override
        public void emit(MessageChunk chunk) {
            task.emitChunk(chunk);
        }

        @Override
        public void onCancel(Runnable close) {
            // The thread is interrupted, and this model's client listens to that.
        }

        @Override
        public int attempt() {
            return task.attempt();
        }

        @Override
        public String idempotencyKey() {
            return task.stepId();
        }
    }
}
