package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.ChatUpdate.update;

import dev.clew.annotations.Append;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A graph that remembers its thread: each run adds to the state that the run before left. */
@StateGraph(Chatbot.Chat.class)
public class Chatbot {
    public record Message(String from, String text) {}

    /** A conversation; it grows with each run of its thread. */
    @State
    public record Chat(@Append List<Message> messages) {}

    /** Answers a conversation. */
    public interface Model {
        String reply(List<Message> conversation);
    }

    private final Model model;

    Chatbot(Model model) {
        this.model = model;
    }

    @Input
    ChatUpdate hear(String text) {
        return update().messages(new Message("person", text));
    }

    @Node(after = START, writes = "messages")
    Message answer(List<Message> messages) {
        return new Message("bot", model.reply(messages));
    }

    @Output
    String said(List<Message> messages) {
        return messages.get(messages.size() - 1).text();
    }

    public static void main(String... args) {
        Path file = Terminal.database(args);
        say(file, "ann", "Hi! My name is Ann.");
        say(file, "ann", "What is my name?");
        say(file, "bob", "What is my name?"); // another thread, another state
    }

    /** Opens the database for each message, as another process would. */
    private static void say(Path file, String thread, String text) {
        try (var db = Sqlite.open(file);
                var graph = ChatbotGraph.builder(new Chatbot(Chatbot::recall))
                        .checkpointer(db.checkpointer())
                        .build()) {
            RunConfig conversation = RunConfig.thread("graph-chatbot-" + thread);
            System.out.println(thread + ": " + text);
            System.out.println(
                    "bot: " + graph.workflow().invoke(text, conversation).value());
        }
    }

    /** A model that needs no network: it knows a name if one was said. */
    static String recall(List<Message> conversation) {
        if (!conversation.get(conversation.size() - 1).text().contains("What is my name")) {
            return "Nice to meet you!";
        }
        return conversation.stream()
                .flatMap(message -> NAME.matcher(message.text()).results())
                .map(MatchResult::group)
                .findFirst()
                .map(name -> "Your name is " + name + ".")
                .orElse("You have not told me.");
    }

    private static final Pattern NAME = Pattern.compile("(?<=My name is )\\w+");
}
