package dev.clew.samples.expenses;

/** How a report ended. */
public sealed interface Outcome {
    /** The money has left. */
    record Paid(Euros amount, String approvedBy, String payment) implements Outcome {}

    /** Nothing is paid. */
    record Rejected(String by, String why) implements Outcome {}
}
