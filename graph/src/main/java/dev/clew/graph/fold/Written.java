package dev.clew.graph.fold;

/**
 * What one execution of a superstep wrote.
 *
 * @param writer names the execution in messages, such as {@code search#3}
 * @param writes what it wrote
 */
public record Written(String writer, Writes writes) {}
