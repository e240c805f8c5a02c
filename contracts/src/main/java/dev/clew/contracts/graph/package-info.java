/** The suites that hold graphs to their promises over every checkpointer. */
@NullMarked
package dev.clew.contracts.graph;

import org.jspecify.annotations.NullMarked;
