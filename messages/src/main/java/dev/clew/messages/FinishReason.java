package dev.clew.messages;

import java.util.Locale;
import java.util.Map;

/** Why a model's answer ended. */
public enum FinishReason {
    /** The model had nothing more to say. */
    STOP("stop"),
    /** The limit of tokens was reached: the answer is cut off. */
    LENGTH("length"),
    /** The model calls tools and waits for their results. */
    TOOL_CALLS("tool_calls"),
    /** The provider withheld the answer, or a part of it. */
    CONTENT_FILTER("content_filter"),
    /** The model refused to answer. */
    REFUSAL("refusal"),
    /** The provider's word is none that is known here. */
    OTHER("other");

    private static final Map<String, FinishReason> WORDS = Map.ofEntries(
            Map.entry("stop", STOP),
            Map.entry("end_turn", STOP),
            Map.entry("stop_sequence", STOP),
            Map.entry("completed", STOP),
            Map.entry("length", LENGTH),
            Map.entry("max_tokens", LENGTH),
            Map.entry("max_output_tokens", LENGTH),
            Map.entry("model_context_window_exceeded", LENGTH),
            Map.entry("tool_calls", TOOL_CALLS),
            Map.entry("tool_use", TOOL_CALLS),
            Map.entry("function_call", TOOL_CALLS),
            Map.entry("tool_execution", TOOL_CALLS),
            Map.entry("content_filter", CONTENT_FILTER),
            Map.entry("safety", CONTENT_FILTER),
            Map.entry("recitation", CONTENT_FILTER),
            Map.entry("blocklist", CONTENT_FILTER),
            Map.entry("prohibited_content", CONTENT_FILTER),
            Map.entry("refusal", REFUSAL));

    private final String word;

    FinishReason(String word) {
        this.word = word;
    }

    /** Returns the reason that a provider's own word means; {@link #OTHER} if it is not known. */
    public static FinishReason of(String raw) {
        return WORDS.getOrDefault(raw.toLowerCase(Locale.ROOT), OTHER);
    }

    /** Returns the word for it in a message's metadata, as most providers write it. */
    public String word() {
        return word;
    }
}
