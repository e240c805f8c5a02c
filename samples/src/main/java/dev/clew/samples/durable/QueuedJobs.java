package dev.clew.samples.durable;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.Worker;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.ArrayList;
import java.util.List;

/**
 * Jobs that are enqueued now and executed when a worker has time: an urgent one first, and one at a time of each customer.
 * The first graph is a client, which only enqueues, as a web server would; the second one has the worker.
 */
public class QueuedJobs {
    @Task
    String collect(String report) {
        return report;
    }

    @Task
    String render(String report) {
        return "rendered " + report;
    }

    @Entrypoint
    String report(String report, QueuedJobsTasks tasks) {
        return tasks.render(tasks.collect(report).join()).join();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args))) {
            List<RunHandle<String>> enqueued = new ArrayList<>();
            try (var web = QueuedJobsGraph.client(db.checkpointer())) {
                web.queue("reports").configure(QueueSettings.NONE.perKeyConcurrency(1));
                for (String customer : List.of("ann", "ben")) {
                    for (String month : List.of("May", "June")) {
                        String id = "report-" + customer + "-" + month;
                        RunConfig job = RunConfig.once(id).queue("reports").concurrencyKey(customer);
                        enqueued.add(web.report().enqueue(month + " of " + customer, job));
                    }
                }
                RunConfig urgent =
                        RunConfig.once("report-audit").queue("reports").priority(-1);
                enqueued.add(web.report().enqueue("the audit", urgent));
                System.out.println(
                        enqueued.get(0).status() + ": " + web.queue("reports").depth() + " wait");
            }
            try (var worker = QueuedJobsGraph.builder(new QueuedJobs())
                    .checkpointer(db.checkpointer())
                    .worker(Worker.of("reports").concurrency(2))
                    .build()) {
                for (RunHandle<String> job : enqueued) {
                    RunHandle<String> here = worker.report().handle(job.runId(), job.threadId());
                    System.out.println(here.result().value());
                }
            }
        }
    }
}
