package dev.clew.opentelemetry;

/**
 * Whose names spans have, beside those of OpenTelemetry's conventions for generative AI, which they always have.
 *
 * <pre>{@code
 * ClewTelemetry.builder(openTelemetry).backends(Backend.LANGFUSE).build()
 * }</pre>
 */
public enum Backend {
    /** Langfuse: a session for each thread, types of observations, usage. */
    LANGFUSE,
    /** OpenInference, which Phoenix reads: kinds of spans, a session for each thread, tokens. */
    OPENINFERENCE
}
