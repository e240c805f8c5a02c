/** Schedules by cron expressions. */
@SuppressWarnings("requires-automatic") // cron-utils names its module, but does not declare it
module dev.clew.schedules {
    exports dev.clew.schedules;

    requires transitive dev.clew.runtime;
    requires com.cronutils;
    requires static transitive org.jspecify;

    provides dev.clew.schedule.TicksReader with
            dev.clew.schedules.CronReader;
}
