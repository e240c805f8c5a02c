package shop;

import dev.clew.annotations.Effect;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.InterruptKey;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

public class Order {
    public static final InterruptKey<String, Boolean> APPROVE =
            InterruptKey.of("approve", String.class, Boolean.class);

    private final Bank bank;

    Order(Bank bank) {
        this.bank = bank;
    }

    @Task
    String reserve(String item) {
        System.out.println("reserving");
        return "a " + item;
    }

    @Task
    String wrap(String reserved) {
        System.out.println("wrapping");
        return reserved + " in paper";
    }

    @Task(effect = Effect.ONCE, reconcile = "charged", settle = "PT1S")
    String charge(String reserved, TaskContext context) throws IOException, InterruptedException {
        System.out.println("charging");
        bank.charge(context.effectId());
        return "paid: " + reserved;
    }

    /** What became of a charge whose process died. */
    Optional<String> charged(String reserved, TaskContext context) throws IOException {
        System.out.println("asking the bank");
        return bank.has(context.effectId()) ? Optional.of("paid: " + reserved) : Optional.empty();
    }

    @Entrypoint
    String place(String item, OrderTasks tasks, Run run) {
        String reserved = tasks.reserve(item).join();
        if (run.patched("wrap")) { // false in runs that passed this point before there was wrapping
            reserved = tasks.wrap(reserved).join();
        }
        boolean approved = run.interrupt(APPROVE, reserved);
        return approved ? tasks.charge(reserved).join() : "rejected";
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Path.of("shop.db"));
                var graph = OrderGraph.builder(new Order(new Bank(Path.of("bank.txt"), Duration.ofSeconds(5))))
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
