package dev.clew.verify;

/**
 * What the code of a graph has in common with what is stored: its workflows and steps with their names, signatures and former names,
 * and the JSON Schemas of inputs, results, questions and answers, as its codec writes them. The test kit compares it with a file that is
 * kept beside the sources.
 *
 * <p>It does not say which calls a body makes, and in which order: {@link dev.clew.Graph#verify()} replays stored threads for that.
 *
 * <pre>{@code
 * Files.writeString(path, graph.contract().json());
 * }</pre>
 *
 * @param json readable, with members in alphabetical order, so that two of them can be compared line by line
 */
public record GraphContract(String json) {}
