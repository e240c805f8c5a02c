/** What the inspector shows: threads, runs, steps, queues; and what a person may do with them. */
@NullMarked
package dev.clew.server.inspect;

import org.jspecify.annotations.NullMarked;
