package dev.clew.samples.durable;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.task.TaskFuture;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A child workflow for every item: all are started, and no more than three tasks work at a time. Each child has steps of
 * its own in the log, so what one photo has behind it is not done again when another one fails.
 */
public class ChildPerItem {
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Task
    String shrink(String photo) throws InterruptedException {
        most.accumulateAndGet(working.incrementAndGet(), Math::max);
        Thread.sleep(20);
        working.decrementAndGet();
        return photo + " (small)";
    }

    @Task
    String upload(String photo) {
        return "uploaded " + photo;
    }

    @Entrypoint
    String publish(String photo, ChildPerItemTasks tasks) {
        return tasks.upload(tasks.shrink(photo).join()).join();
    }

    @Entrypoint
    List<String> publishAll(List<String> photos, ChildPerItemTasks tasks) {
        return TaskFuture.allOf(photos.stream().map(tasks::publish).toList());
    }

    public static void main(String... args) {
        ChildPerItem flow = new ChildPerItem();
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ChildPerItemGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .build()) {
            List<String> photos = List.of("beach", "harbour", "palace", "bull", "gate", "sail", "thread", "dawn");
            RunConfig job = RunConfig.once("child-per-item").maxConcurrency(3);
            graph.publishAll().invoke(photos, job).value().forEach(System.out::println);
            System.out.println("at most " + flow.most + " worked at a time");
        }
    }
}
