/** What a superstep runs, and what the next one does. Pure: no threads, no clock, no storage. */
@NullMarked
package dev.clew.graph.plan;

import org.jspecify.annotations.NullMarked;
