package dev.clew.samples.durable;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.time.Duration;

/**
 * A job that works every night and sleeps in between. Asleep it holds no thread and no memory: the process may end, and
 * the next one goes on when the night has come. Kill it, and run it again.
 */
public class NightlyJob {
    public record Schedule(int nights, Duration day) {}

    @Task
    int backUp(int night) {
        int files = 10 + night;
        System.out.println("night " + night + ": backed up " + files + " files");
        return files;
    }

    @Entrypoint
    String work(Schedule schedule, NightlyJobTasks tasks, Run run) {
        int files = 0;
        for (int night = 1; night <= schedule.nights(); night++) {
            run.sleep(schedule.day());
            files += tasks.backUp(night).join();
        }
        return files + " files in " + schedule.nights() + " nights";
    }

    public static void main(String... args) {
        Schedule schedule = new Schedule(3, Duration.ofMillis(500)); // a day is short here
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = NightlyJobGraph.builder(new NightlyJob())
                        .checkpointer(db.checkpointer())
                        .parkAfter(Duration.ZERO) // by default only what sleeps longer than a minute leaves memory
                        .build()) {
            graph.recover(); // goes on with what an earlier process left asleep, or died of
            // The same call starts the job, joins it, or shows how it ended.
            RunConfig job = RunConfig.once("nightly-job-November");
            System.out.println(graph.work().invoke(schedule, job).value());
        }
    }
}
