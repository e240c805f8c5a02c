package dev.clew.samples.patterns;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.langchain4j.model.chat.ChatModel;

/** Prompt chaining: every step works on what the one before it made, and a gate decides whether another one is needed. */
public class PromptChaining {
    private static final int MOST_WORDS = 8;

    private final ChatModel model;

    PromptChaining(ChatModel model) {
        this.model = model;
    }

    @Task
    String write(String product) {
        return model.chat("Write a slogan for " + product + ". Answer with the slogan only.");
    }

    @Task
    String shorten(String slogan) {
        return model.chat("Shorten to at most " + MOST_WORDS + " words, answer with the slogan only: " + slogan);
    }

    @Task
    String translate(String slogan) {
        return model.chat("Translate into French, answer with the translation only: " + slogan);
    }

    @Entrypoint
    String slogan(String product, PromptChainingTasks tasks) {
        String slogan = tasks.write(product).join();
        if (slogan.split("\\s+").length > MOST_WORDS) { // the gate
            slogan = tasks.shorten(slogan).join();
        }
        return slogan + " / " + tasks.translate(slogan).join();
    }

    public static void main(String... args) {
        PromptChaining flow = new PromptChaining(ModelChoice.or(SCRIPT));
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = PromptChainingGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .build()) {
            var result = graph.slogan().invoke("a ball of thread", RunConfig.once("prompt-chaining"));
            System.out.println(result.value());
            graph.slogan().state("prompt-chaining").steps().forEach(step -> System.out.println("  " + step.path()));
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("Write a slogan", "However deep the labyrinth and however dark the way, you will find back.")
            .when("Shorten", "However dark the way, you find back.")
            .when("Translate", "Si sombre soit le chemin, tu retrouves la sortie.");
}
