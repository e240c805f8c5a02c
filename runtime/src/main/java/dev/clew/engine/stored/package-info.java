/** Reads and writes the rows of threads, and never a running run: claims, state, history, edits, copies, pruning. Not exported. */
@NullMarked
package dev.clew.engine.stored;

import org.jspecify.annotations.NullMarked;
