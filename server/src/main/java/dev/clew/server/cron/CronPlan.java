package dev.clew.server.cron;

import dev.clew.flow.RunConfig;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedules.Cron;
import dev.clew.server.catalog.Served;
import org.jspecify.annotations.Nullable;

/**
 * What a cron enqueues, and when.
 *
 * @param input null for a workflow without one
 * @param enabled whether it fires
 */
public record CronPlan(
        Served served,
        @Nullable Object input,
        RunConfig config,
        Cron ticks,
        ScheduleOptions options,
        boolean enabled) {}
