package dev.clew.samples.expenses;

/** What a check says against one expense of a list. */
public record Finding(int index, String problem) {}
