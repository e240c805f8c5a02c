/** Requests that wait for a worker: the queue of a checkpointer, and what is said of it. */
@NullMarked
package dev.clew.queue;

import org.jspecify.annotations.NullMarked;
