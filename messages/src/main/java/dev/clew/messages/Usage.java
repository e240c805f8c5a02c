package dev.clew.messages;

/**
 * The tokens that an answer cost. What a provider does not report is 0.
 *
 * <pre>{@code
 * Usage all = Usage.of(100, 20).plus(Usage.of(130, 15));   // 230 in, 35 out
 * }</pre>
 *
 * @param input tokens of the request, those from and to the cache included
 * @param output tokens of the answer, those of reasoning included
 * @param cacheRead tokens of the request that the provider had in its cache
 * @param cacheWrite tokens of the request that the provider put into its cache
 * @param reasoning tokens of the answer that are reasoning
 * @param estimated whether the numbers, or some of them, were counted here and not reported by the provider
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite, long reasoning, boolean estimated) {
    /** No tokens. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, false);

    /** Checks that no number is negative. */
    public Usage {
        if (input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0 || reasoning < 0) {
            throw new IllegalArgumentException("a usage has no negative numbers: " + input + ", " + output + ", "
                    + cacheRead + ", " + cacheWrite + ", " + reasoning);
        }
    }

    /** Returns a reported usage without details. */
    public static Usage of(long input, long output) {
        return new Usage(input, output, 0, 0, 0, false);
    }

    /** Returns input and output together. */
    public long total() {
        return input + output;
    }

    /** Returns the sum of both; it is estimated if one of them is. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite + other.cacheWrite,
                reasoning + other.reasoning,
                estimated || other.estimated);
    }
}
