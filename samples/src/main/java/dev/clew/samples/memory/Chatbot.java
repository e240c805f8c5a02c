package dev.clew.samples.memory;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Previous;
import dev.clew.annotations.Task;
import dev.clew.flow.Final;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.json.JsonCodec;
import dev.clew.langchain4j.ChatMessageModule;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A chatbot that remembers its thread: callers get the answer, the thread's next run gets the whole conversation. */
public class Chatbot {
    private final ChatModel model;

    Chatbot(ChatModel model) {
        this.model = model;
    }

    @Task
    AiMessage answer(List<ChatMessage> conversation) {
        return model.chat(conversation).aiMessage();
    }

    @Entrypoint
    Final<String, List<ChatMessage>> chat(
            String message, @Previous Optional<List<ChatMessage>> before, ChatbotTasks tasks) {
        List<ChatMessage> conversation = new ArrayList<>(before.orElse(List.of()));
        conversation.add(UserMessage.from(message));
        AiMessage answer = tasks.answer(conversation).join();
        conversation.add(answer);
        return Final.of(answer.text(), conversation);
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ChatbotGraph.builder(new Chatbot(ModelChoice.or(SCRIPT)))
                        .checkpointer(db.checkpointer())
                        .codec(JsonCodec.builder()
                                .module(new ChatMessageModule())
                                .build())
                        .build()) {
            say(graph.chat(), "ann", "Hi! My name is Ann.");
            say(graph.chat(), "ann", "What is my name?");
            say(graph.chat(), "bob", "What is my name?"); // another thread, another memory
            for (Optional<String> said = Terminal.ask("(say something more)");
                    said.filter(text -> !text.isEmpty()).isPresent();
                    said = Terminal.ask("")) {
                say(graph.chat(), "ann", said.get());
            }
        }
    }

    private static void say(Workflow<String, String> chat, String thread, String message) {
        System.out.println(thread + ": " + message);
        System.out.println("bot: "
                + chat.invoke(message, RunConfig.thread("chatbot-" + thread)).value());
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("what is my name", Chatbot::recallTheName)
            .when("my name is", "Nice to meet you!")
            .when("", "I see.");

    private static AiMessage recallTheName(ChatRequest request) {
        Matcher name =
                Pattern.compile("My name is (\\w+)").matcher(request.messages().toString());
        return AiMessage.from(name.find() ? "Your name is " + name.group(1) + "." : "You have not told me.");
    }
}
