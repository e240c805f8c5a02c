package dev.clew.processor;

/**
 * Something that the user should know or mend.
 *
 * @param rule which rule says so
 * @param location where
 * @param message what is wrong and what to do
 */
record Finding(Rule rule, Location location, String message) {}
