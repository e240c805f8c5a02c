/** The task cache of a graph: keys, entries, and who computes what at the moment. Not exported. */
@NullMarked
package dev.clew.engine.cache;

import org.jspecify.annotations.NullMarked;
