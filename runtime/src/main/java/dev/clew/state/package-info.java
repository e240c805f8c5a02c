/** What can be read of threads: their status, steps, logs and checkpoints, and the queries that select them. */
@NullMarked
package dev.clew.state;

import org.jspecify.annotations.NullMarked;
