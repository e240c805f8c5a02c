/** What updates do to a state: values, writes, and the fold of a superstep. Pure: no threads, no clock, no storage. */
@NullMarked
package dev.clew.graph.fold;

import org.jspecify.annotations.NullMarked;
