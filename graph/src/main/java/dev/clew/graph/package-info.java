/**
 * Graphs: nodes that run in supersteps over a shared, typed state. {@link dev.clew.graph.GraphSpec} describes a graph, and
 * {@link dev.clew.graph.StateSpec} its state; code that the annotation processor generates makes both.
 */
@NullMarked
package dev.clew.graph;

import org.jspecify.annotations.NullMarked;
