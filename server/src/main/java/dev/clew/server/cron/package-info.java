/** Crons: schedules that clients make. */
@NullMarked
package dev.clew.server.cron;

import org.jspecify.annotations.NullMarked;
