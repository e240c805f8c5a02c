package dev.clew.model;

import java.util.Objects;

/**
 * What a model can do, as far as its adapter knows.
 *
 * <pre>{@code
 * ModelProfile.of("openai", "gpt-x").withMaxInputTokens(128_000).withStructuredOutput(true, true)
 * }</pre>
 *
 * @param provider the provider's name, such as {@code openai}; empty if it is not known
 * @param model the model's name; empty if it is not known
 * @param maxInputTokens how long a request may be; 0 if that is not known
 * @param structuredOutput whether it can be made to answer by a JSON schema
 * @param structuredOutputWithTools whether it can do that while it has tools
 * @param forcedToolChoice whether it can be made to call a tool
 * @param parallelToolCalls whether it may call several tools in one answer
 */
public record ModelProfile(
        String provider,
        String model,
        int maxInputTokens,
        boolean structuredOutput,
        boolean structuredOutputWithTools,
        boolean forcedToolChoice,
        boolean parallelToolCalls) {
    private static final ModelProfile UNKNOWN = of("", "");

    /** Checks the limit. */
    public ModelProfile {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
        if (maxInputTokens < 0) {
            throw new IllegalArgumentException("maxInputTokens is not negative: " + maxInputTokens);
        }
    }

    /** Returns the profile of a model of which nothing is known: it calls tools, also several at once, and nothing more. */
    public static ModelProfile unknown() {
        return UNKNOWN;
    }

    /** Returns the profile of a model that calls tools, also several at once, and can nothing more. */
    public static ModelProfile of(String provider, String model) {
        return new ModelProfile(provider, model, 0, false, false, false, true);
    }

    /** Returns the same profile with this limit. */
    public ModelProfile withMaxInputTokens(int maxInputTokens) {
        return new ModelProfile(
                provider,
                model,
                maxInputTokens,
                structuredOutput,
                structuredOutputWithTools,
                forcedToolChoice,
                parallelToolCalls);
    }

    /** Returns the same profile, of a model that answers by a schema or not, alone and beside tools. */
    public ModelProfile withStructuredOutput(boolean alone, boolean withTools) {
        return new ModelProfile(provider, model, maxInputTokens, alone, withTools, forcedToolChoice, parallelToolCalls);
    }

    /** Returns the same profile, of a model that can be made to call a tool or not. */
    public ModelProfile withForcedToolChoice(boolean forcedToolChoice) {
        return new ModelProfile(
                provider,
                model,
                maxInputTokens,
                structuredOutput,
                structuredOutputWithTools,
                forcedToolChoice,
                parallelToolCalls);
    }

    /** Returns the same profile, of a model that may call several tools at once or not. */
    public ModelProfile withParallelToolCalls(boolean parallelToolCalls) {
        return new ModelProfile(
                provider,
                model,
                maxInputTokens,
                structuredOutput,
                structuredOutputWithTools,
                forcedToolChoice,
                parallelToolCalls);
    }
}
