package dev.clew.agents.middleware;

/** Asks a kind of personal data what it finds. */
public record PiiProbe(PiiKind kind) {
    /** Whether it is in the text; and if so, the text without it has none. */
    public boolean finds(String text) {
        boolean isIn = kind.isIn(text);
        if (isIn && kind.isIn(kind.redacted(text))) {
            throw new AssertionError("something is left: " + kind.redacted(text));
        }
        return isIn;
    }
}
