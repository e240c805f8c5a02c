package dev.clew.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a request. What is null is left to the adapter and the provider.
 *
 * <pre>{@code
 * ModelSettings.none().withTemperature(0.2).withMaxOutputTokens(1_000)
 * }</pre>
 *
 * @param model the model's name, in place of the adapter's own
 * @param temperature how much the model varies its answers
 * @param topP the share of likely tokens that are considered
 * @param maxOutputTokens the longest answer
 * @param stop texts at which the answer ends
 * @param reasoningEffort how much the model thinks, in the provider's word for it
 */
public record ModelSettings(
        @Nullable String model,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxOutputTokens,
        List<String> stop,
        @Nullable String reasoningEffort) {
    private static final ModelSettings NONE = new ModelSettings(null, null, null, null, List.of(), null);

    /** Copies the texts. */
    public ModelSettings {
        stop = List.copyOf(stop);
        if (maxOutputTokens != null && maxOutputTokens < 1) {
            throw new IllegalArgumentException("maxOutputTokens is at least 1: " + maxOutputTokens);
        }
    }

    /** Returns settings that leave all to the adapter and the provider. */
    public static ModelSettings none() {
        return NONE;
    }

    /** Returns the same settings for this model. */
    public ModelSettings withModel(@Nullable String model) {
        return new ModelSettings(model, temperature, topP, maxOutputTokens, stop, reasoningEffort);
    }

    /** Returns the same settings with this temperature. */
    public ModelSettings withTemperature(@Nullable Double temperature) {
        return new ModelSettings(model, temperature, topP, maxOutputTokens, stop, reasoningEffort);
    }

    /** Returns the same settings with this share of likely tokens. */
    public ModelSettings withTopP(@Nullable Double topP) {
        return new ModelSettings(model, temperature, topP, maxOutputTokens, stop, reasoningEffort);
    }

    /** Returns the same settings with this limit of the answer. */
    public ModelSettings withMaxOutputTokens(@Nullable Integer maxOutputTokens) {
        return new ModelSettings(model, temperature, topP, maxOutputTokens, stop, reasoningEffort);
    }

    /** Returns the same settings with these texts at which the answer ends. */
    public ModelSettings withStop(List<String> stop) {
        return new ModelSettings(model, temperature, topP, maxOutputTokens, stop, reasoningEffort);
    }

    /** Returns the same settings with this effort. */
    public ModelSettings withReasoningEffort(@Nullable String reasoningEffort) {
        return new ModelSettings(model, temperature, topP, maxOutputTokens, stop, reasoningEffort);
    }
}
