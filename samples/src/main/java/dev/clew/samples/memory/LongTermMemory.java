package dev.clew.samples.memory;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Structured;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.store.Embedder;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Search;
import dev.clew.store.StoreOptions;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.util.List;

/**
 * Long-term memory: what a user once said is found again by its meaning, in any of her threads. The store is written and
 * read in tasks, so a resumed run sees what it saw before.
 */
public class LongTermMemory {
    public record Message(String user, String text) {}

    public record Extract(boolean lasting, String fact) {}

    public record Fact(String text) {}

    private final ChatModel model;

    LongTermMemory(ChatModel model) {
        this.model = model;
    }

    @Task(retry = @Retry(maxAttempts = 3))
    Extract extract(String text) throws IOException {
        return Structured.ask(model, Extract.class, "Does this tell a lasting fact about its author? Which? " + text);
    }

    @Task
    void remember(String user, String fact, TaskContext task) {
        task.store().put(facts(user), fact, new Fact(fact)); // the key: a fact told twice is one fact
    }

    @Task
    List<String> recall(String user, String text, TaskContext task) {
        return task
                .store()
                .search(Search.in(facts(user), Fact.class).query(text).limit(1))
                .stream()
                .map(Hit::value)
                .map(Fact::text)
                .toList();
    }

    @Task
    String answer(String text, List<String> known) {
        return model.chat("You know of the author: " + known + ". Answer in one sentence: " + text);
    }

    @Entrypoint
    String chat(Message message, LongTermMemoryTasks tasks) {
        Extract extract = tasks.extract(message.text()).join();
        if (extract.lasting()) {
            tasks.remember(message.user(), extract.fact()).join();
        }
        List<String> known = tasks.recall(message.user(), message.text()).join();
        return tasks.answer(message.text(), known).join();
    }

    private static Namespace facts(String user) {
        return Namespace.of("users", user, "facts");
    }

    public static void main(String... args) {
        // Finds by shared pieces of words, offline; ModelEmbedder takes any embedding model of LangChain4j instead.
        StoreOptions byMeaning = StoreOptions.defaults().embedder(Embedder.hashedNgrams(), "text");
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = LongTermMemoryGraph.builder(new LongTermMemory(ModelChoice.or(SCRIPT)))
                        .checkpointer(db.checkpointer())
                        .store(db.store(byMeaning))
                        .build()) {
            say(graph, "monday", new Message("ann", "By the way, I am allergic to nuts."));
            say(graph, "tuesday", new Message("ann", "I ride a red bicycle."));
            say(graph, "friday", new Message("ann", "Does nut cake suit me, allergic as I am?"));
            say(graph, "friday-too", new Message("bob", "Does nut cake suit me, allergic as I am?"));
        }
    }

    private static void say(LongTermMemoryGraph graph, String thread, Message message) {
        System.out.println(message.user() + ", " + thread + ": " + message.text());
        var answer = graph.chat().invoke(message, RunConfig.thread("memory-" + thread));
        System.out.println("  " + answer.value());
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("Which? By the way, I am allergic", "{\"lasting\": true, \"fact\": \"allergic to nuts\"}")
            .when("Which? I ride", "{\"lasting\": true, \"fact\": \"rides a red bicycle\"}")
            .when("Which?", "{\"lasting\": false, \"fact\": \"\"}")
            .when("[allergic to nuts]. Answer in one sentence: Does", "No: you are allergic to nuts.")
            .when("[]. Answer in one sentence: Does", "I cannot know what you are allergic to.")
            .when("You know", "I will remember that.");
}
