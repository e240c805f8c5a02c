package dev.clew.model;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.Message;
import java.util.List;

/**
 * Estimates tokens where no provider has counted them: four characters each, and {@value #OF_BLOCK} for a block that is not text.
 *
 * <pre>{@code
 * long tokens = TokenEstimate.of(request);
 * }</pre>
 */
public final class TokenEstimate {
    /** What an image or another block that is not text counts as. */
    private static final int OF_BLOCK = 1_000;

    private static final int CHARACTERS = 4;

    private TokenEstimate() {}

    /** Returns the tokens of a text. */
    public static long of(String text) {
        return (text.length() + CHARACTERS - 1L) / CHARACTERS;
    }

    /** Returns the tokens of a message, its calls included. */
    public static long of(Message message) {
        long tokens = 1;
        for (ContentBlock block : message.content()) {
            tokens += block instanceof ContentBlock.Text text
                    ? of(text.text())
                    : block instanceof ContentBlock.Reasoning reasoning ? of(reasoning.toString()) : OF_BLOCK;
        }
        return message instanceof AiMessage answer && !answer.toolCalls().isEmpty()
                ? tokens + of(answer.toolCalls().toString())
                : tokens;
    }

    /** Returns the tokens of messages. */
    public static long of(List<? extends Message> messages) {
        return messages.stream().mapToLong(TokenEstimate::of).sum();
    }

    /** Returns the tokens of a request: its system prompt, messages, tools and format. */
    public static long of(ModelRequest request) {
        String prompt = request.systemPrompt();
        String more = request.tools().isEmpty() ? "" : request.tools().toString();
        String format =
                request.outputFormat() == null ? "" : request.outputFormat().toString();
        return of(request.messages()) + (prompt == null ? 0 : of(prompt)) + of(more) + of(format);
    }
}
