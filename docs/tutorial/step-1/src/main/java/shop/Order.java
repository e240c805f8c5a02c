package shop;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;

public class Order {
    @Task
    String reserve(String item) {
        System.out.println("reserving");
        return "a " + item;
    }

    @Task
    String charge(String reserved) {
        System.out.println("charging");
        return "paid: " + reserved;
    }

    @Entrypoint
    String place(String item, OrderTasks tasks) {
        String reserved = tasks.reserve(item).join();
        return tasks.charge(reserved).join();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Path.of("shop.db"));
                var graph = OrderGraph.builder(new Order())
                        .checkpointer(db.checkpointer())
                        .build()) {
            System.out.println(
                    graph.place().invoke("lamp", RunConfig.once(args[0])).value());
        }
    }
}
