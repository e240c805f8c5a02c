/** Schedules by cron expressions. */
@NullMarked
package dev.clew.schedules;

import org.jspecify.annotations.NullMarked;
