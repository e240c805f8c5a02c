package hello;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.postgres.Postgres;
import dev.clew.queue.Worker;

public class Orders {
    @Task
    String collect(String order) {
        System.out.println("collecting " + order);
        return order + " is collected";
    }

    @Task
    String pack(String collected) throws InterruptedException {
        System.out.println("packing");
        Thread.sleep(5_000); // long enough to kill it
        return collected + " and packed";
    }

    @Entrypoint
    String ship(String order, OrdersTasks tasks) {
        String collected = tasks.collect(order).join();
        return tasks.pack(collected).join();
    }

    public static void main(String... args) throws InterruptedException {
        try (var db = Postgres.connect("jdbc:postgresql://localhost/clew", "app", "secret")) {
            if (args.length == 0) {
                work(db);
            } else {
                order(db, args[0]);
            }
        }
    }

    /** A worker process: as many as you like, on any machines. */
    private static void work(Postgres db) throws InterruptedException {
        try (var graph = OrdersGraph.builder(new Orders())
                .checkpointer(db.checkpointer())
                .worker(Worker.of("orders"))
                .build()) {
            long process = ProcessHandle.current().pid();
            System.out.println(
                    "process " + process + " waits for " + graph.ship().name());
            Thread.currentThread().join(); // until the process is ended
        }
    }

    /** A process that only enqueues, such as a web server: it needs none of what the workflow is made of. */
    private static void order(Postgres db, String id) {
        try (var client = OrdersGraph.client(db.checkpointer())) {
            RunConfig job = RunConfig.once(id).queue("orders");
            System.out.println(client.ship().enqueue(id, job).result().value());
        }
    }
}
