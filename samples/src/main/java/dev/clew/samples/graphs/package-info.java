/** Graphs: nodes over a shared state, run in supersteps. */
@NullMarked
package dev.clew.samples.graphs;

import org.jspecify.annotations.NullMarked;
