package dev.clew.samples.expenses;

/** What a manager says. */
public sealed interface Decision {
    /** Pays it. */
    record Approve() implements Decision {}

    /** Does not pay it. */
    record Reject(String why) implements Decision {}

    /** Asks for a claim of this much at most. */
    record AskForLess(Euros most) implements Decision {
        public AskForLess {
            if (most.cents() <= 0) {
                throw new IllegalArgumentException("ask for more than nothing, or reject");
            }
        }
    }
}
