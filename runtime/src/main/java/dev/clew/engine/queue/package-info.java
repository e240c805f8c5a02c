/** Queues: requests that are enqueued, the workers that take them, and the handles of those who wait. Not exported. */
@NullMarked
package dev.clew.engine.queue;

import org.jspecify.annotations.NullMarked;
