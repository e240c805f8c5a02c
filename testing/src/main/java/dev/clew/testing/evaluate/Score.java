package dev.clew.testing.evaluate;

/**
 * What an evaluator says of one run.
 *
 * @param value from 0 to 1
 * @param why what is wrong; empty if nothing is
 */
public record Score(double value, String why) {
    /** Checks the value. */
    public Score {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a score is between 0 and 1, not " + value);
        }
    }

    /** Returns the score of a run that is as it should be. */
    public static Score pass() {
        return new Score(1, "");
    }

    /** Returns the score of a run that is not. */
    public static Score fail(String why) {
        return new Score(0, why);
    }
}
