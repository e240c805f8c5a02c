/** The durable side: threads, runs, their logs and checkpoints, and the port that stores them. */
@NullMarked
package dev.clew.checkpoint;

import org.jspecify.annotations.NullMarked;
