package shop;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;

public class Order {
    public static final InterruptKey<String, Boolean> APPROVE =
            InterruptKey.of("approve", String.class, Boolean.class);

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
    String place(String item, OrderTasks tasks, Run run) {
        String reserved = tasks.reserve(item).join();
        boolean approved = run.interrupt(APPROVE, reserved);
        return approved ? tasks.charge(reserved).join() : "rejected";
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Path.of("shop.db"));
                var graph = OrderGraph.builder(new Order())
                        .checkpointer(db.checkpointer())
                        .build()) {
            var place = graph.place();
            RunConfig order = RunConfig.once(args[0]);
            RunResult<String> result = place.invoke("lamp", order);
            if (result instanceof RunResult.Interrupted<String> pause && args.length > 1) {
                result = place.invoke(pause.only(APPROVE).answer(args[1].equals("yes")), order);
            }
            if (result instanceof RunResult.Interrupted<String> pause) {
                System.out.println("ship " + pause.only(APPROVE).value() + "? yes or no");
            } else {
                System.out.println(result.value());
            }
        }
    }
}
