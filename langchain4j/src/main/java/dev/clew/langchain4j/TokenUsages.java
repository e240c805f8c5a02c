package dev.clew.langchain4j;

import dev.clew.messages.Usage;
import dev.langchain4j.model.output.TokenUsage;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Usage of LangChain4j's token counts. Details are only in classes of the providers' modules, which need not be there, so they
 * are read by the names of their methods.
 */
final class TokenUsages {
    private TokenUsages() {}

    static Usage of(@Nullable TokenUsage tokens) {
        if (tokens == null) {
            return Usage.NONE;
        }
        long input = number(tokens.inputTokenCount());
        long output = number(tokens.outputTokenCount());
        String kind = tokens.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        if (kind.startsWith("anthropic")) {
            // Anthropic counts what is read from and written to its cache besides.
            long read = number(get(tokens, "cacheReadInputTokens"));
            long write = number(get(tokens, "cacheCreationInputTokens"));
            return new Usage(input + read + write, output, read, write, 0, false);
        }
        if (kind.startsWith("openai")) {
            long read = number(get(get(tokens, "inputTokensDetails"), "cachedTokens"));
            long reasoning = number(get(get(tokens, "outputTokensDetails"), "reasoningTokens"));
            return new Usage(input, output, read, 0, reasoning, false);
        }
        if (kind.contains("gemini")) {
            long read = number(get(tokens, "cachedContentTokenCount"));
            long reasoning = number(get(tokens, "thoughtsTokenCount"));
            return new Usage(input, output, read, 0, reasoning, false);
        }
        return Usage.of(input, output);
    }

    private static long number(@Nullable Object count) {
        return count instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    private static @Nullable Object get(@Nullable Object owner, String method) {
        if (owner == null) {
            return null;
        }
        try {
            return owner.getClass().getMethod(method).invoke(owner);
        } catch (NoSuchMethodException | IllegalAccessException notInThisVersion) {
            return null;
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
