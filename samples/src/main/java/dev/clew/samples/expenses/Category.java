package dev.clew.samples.expenses;

/** What money was spent on. */
public enum Category {
    TRAVEL,
    LODGING,
    MEAL
}
