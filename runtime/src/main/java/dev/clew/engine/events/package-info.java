/** Brings events of runs to their readers: queues, audiences and streams. */
@NullMarked
package dev.clew.engine.events;

import org.jspecify.annotations.NullMarked;
