package dev.clew.samples.durable;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import dev.clew.samples.shared.Terminal;
import dev.clew.schedule.Every;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleState;
import dev.clew.schedules.Cron;
import dev.clew.sqlite.Sqlite;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * A report that is made each second, by a schedule that the database keeps: it fires three times, then it is paused. A second
 * schedule, by a cron expression, waits for the next morning. The same command again goes on with both.
 */
public class ScheduledReports {
    private static final int FIRINGS = 3;

    @Task
    String render(String report) {
        return "rendered " + report;
    }

    @Entrypoint
    String report(String report, ScheduledReportsTasks tasks) {
        return tasks.render(report).join();
    }

    public static void main(String... args) throws InterruptedException {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ScheduledReportsGraph.builder(new ScheduledReports())
                        .checkpointer(db.checkpointer())
                        .worker(Worker.of("scheduled").pollEvery(Duration.ofMillis(100)))
                        .build()) {
            RunConfig config = RunConfig.none().queue("scheduled");
            Schedule pulse = graph.report().schedule("pulse", Every.of(Duration.ofSeconds(1)), "the pulse", config);
            pulse.resume();
            graph.report()
                    .schedule("morning", Cron.of("0 7 * * MON-FRI", ZoneId.of("Europe/Berlin")), "the news", config);

            Firing last = null;
            for (int fired = 0; fired < FIRINGS; ) {
                Firing newest = pulse.state().orElseThrow().last();
                if (newest == null || newest.equals(last)) {
                    TimeUnit.MILLISECONDS.sleep(50);
                } else {
                    last = newest;
                    fired++;
                    System.out.println(graph.report()
                            .handle(newest.requestId(), newest.threadId())
                            .result()
                            .value());
                }
            }
            pulse.pause();
            for (ScheduleState schedule : graph.schedules()) {
                System.out.println(schedule.name() + ": " + schedule.ticks() + (schedule.isPaused() ? ", paused" : ""));
            }
        }
    }
}
