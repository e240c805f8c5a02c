package dev.clew.samples.guides;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.samples.guides.Billing.Bill;
import dev.clew.samples.guides.Billing.Reading;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The same night over several worker processes: each takes chunks of the readings from a queue. */
public class BillingNight {
    private final Billing billing;
    private final Workflow<List<Reading>, List<Bill>> chunks;

    public BillingNight(Billing billing, Workflow<List<Reading>, List<Bill>> chunks) {
        this.billing = billing;
        this.chunks = chunks;
    }

    @Task
    List<Reading> read(String file) throws IOException {
        return billing.read(file);
    }

    @Entrypoint
    int night(String file, BillingNightTasks tasks, Run run) {
        List<Reading> readings = tasks.read(file).join();
        List<TaskFuture<List<Bill>>> parts = new ArrayList<>();
        for (int from = 0; from < readings.size(); from += 100) {
            List<Reading> part = readings.subList(from, Math.min(from + 100, readings.size()));
            RunConfig own = RunConfig.thread(run.threadId() + "/chunk-" + from);
            parts.add(
                    run.child(chunks).on(own.queue("chunks").maxConcurrency(4)).start(List.copyOf(part)));
        }
        return TaskFuture.allOf(parts).stream().mapToInt(List::size).sum();
    }
}
