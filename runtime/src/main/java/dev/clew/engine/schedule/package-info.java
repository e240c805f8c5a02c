/** Schedules: how they are defined, and how they fire. */
@NullMarked
package dev.clew.engine.schedule;

import org.jspecify.annotations.NullMarked;
