package dev.clew.samples.shared;

import dev.clew.langchain4j.LangChain4jModel;
import dev.clew.model.ModelClient;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which model a sample talks to: a real one where the environment names one, else the sample's script.
 *
 * <ul>
 *   <li>{@code OPENAI_BASE_URL} or {@code OPENAI_API_KEY}, and {@code OPENAI_MODEL}: whatever speaks OpenAI's protocol;
 *   <li>{@code OLLAMA_BASE_URL} and {@code OLLAMA_MODEL}: Ollama.
 * </ul>
 */
public final class ModelChoice {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ModelChoice() {}

    /** The environment's model, or this one. */
    public static ChatModel or(ScriptedModel script) {
        return or(script, System.getenv());
    }

    static ChatModel or(ScriptedModel script, Map<String, String> environment) {
        ChatModel real = real(environment);
        return real == null ? script : real;
    }

    /** The environment's model as a model of agents, or this one. */
    public static ModelClient or(ModelClient script) {
        return or(script, System.getenv());
    }

    static ModelClient or(ModelClient script, Map<String, String> environment) {
        ChatModel real = real(environment);
        return real == null ? script : LangChain4jModel.of(real);
    }

    private static @Nullable ChatModel real(Map<String, String> environment) {
        if (environment.containsKey("OPENAI_BASE_URL") || environment.containsKey("OPENAI_API_KEY")) {
            return openAi(environment);
        }
        return environment.containsKey("OLLAMA_BASE_URL") ? ollama(environment) : null;
    }

    /** Without retries of its own: a task has its own policy, and its attempts are in the log. */
    private static ChatModel openAi(Map<String, String> environment) {
        return OpenAiChatModel.builder()
                .baseUrl(environment.getOrDefault("OPENAI_BASE_URL", "https://api.openai.com/v1"))
                .apiKey(environment.getOrDefault("OPENAI_API_KEY", "none"))
                .modelName(environment.getOrDefault("OPENAI_MODEL", "gpt-4o-mini"))
                .timeout(PATIENCE)
                .maxRetries(0)
                .build();
    }

    private static ChatModel ollama(Map<String, String> environment) {
        return OllamaChatModel.builder()
                .baseUrl(environment.getOrDefault("OLLAMA_BASE_URL", "http://localhost:11434"))
                .modelName(environment.getOrDefault("OLLAMA_MODEL", "llama3.2"))
                .timeout(PATIENCE)
                .maxRetries(0)
                .build();
    }
}
