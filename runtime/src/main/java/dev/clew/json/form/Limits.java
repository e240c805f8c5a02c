package dev.clew.json.form;

/** How large and how deep a value may be, in both directions. */
public record Limits(int maxBytes, int maxDepth) {
    /** Digits of one number; beyond it parsing costs more than linear time. */
    public static final int MAX_NUMBER = 10_000;

    public static final Limits DEFAULT = new Limits(64 << 20, 500);

    public void checkDepth(int depth) {
        if (depth >= maxDepth) {
            throw new Misfit("nested deeper than the limit of " + maxDepth + " levels, or contains itself");
        }
    }

    public void checkBytes(long bytes) {
        if (bytes > maxBytes) {
            throw new Misfit("larger than the limit of " + maxBytes + " bytes");
        }
    }
}
