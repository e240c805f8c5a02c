/** Schedules: runs that are enqueued again and again, and what a store keeps of them. */
@NullMarked
package dev.clew.schedule;

import org.jspecify.annotations.NullMarked;
