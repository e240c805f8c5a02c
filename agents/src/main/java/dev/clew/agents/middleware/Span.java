package dev.clew.agents.middleware;

/**
 * A part of a text.
 *
 * @param begin the index of its first character
 * @param end the index behind its last one
 */
record Span(int begin, int end) {}
