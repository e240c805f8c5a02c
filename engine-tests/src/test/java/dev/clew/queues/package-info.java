/** Queues whose workers die. */
@NullMarked
package dev.clew.queues;

import org.jspecify.annotations.NullMarked;
