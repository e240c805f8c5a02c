package dev.clew.samples.deploy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.verify.VerifyOptions;
import dev.clew.verify.VerifyReport;
import java.util.List;

/**
 * Changes the code under orders that wait for a person. Before the new code is deployed, it is verified: the first version would block
 * them, and verify says where; the second guards the change with {@code patched}, and fits.
 */
public final class Deploy {
    private static final List<Order> WAITING = List.of(new Order("pens", 3), new Order("lamps", 2));
    private static final Order LATE = new Order("chairs", 4);

    private Deploy() {}

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args))) {
            deploy(db.checkpointer());
        }
    }

    private static void deploy(Checkpointer store) {
        try (var old =
                OldOrdersGraph.builder(new OldOrders()).checkpointer(store).build()) {
            WAITING.forEach(order -> old.order().invoke(order, thread(order)));
            System.out.println(WAITING.size() + " orders wait for a person; the old code runs");
        }
        try (var hasty =
                HastyOrdersGraph.builder(new HastyOrders()).checkpointer(store).build()) {
            VerifyReport report = hasty.verify();
            System.out.println("\nthe new code: " + said(report));
            System.out.print(report.text());
        }
        VerifyReport before;
        try (var patched = OrdersGraph.builder(new Orders()).checkpointer(store).build()) {
            before = patched.verify();
            System.out.println("\nwith patched: " + said(before));
            System.out.print(before.text());
        }
        try (var old =
                OldOrdersGraph.builder(new OldOrders()).checkpointer(store).build()) {
            old.order().invoke(LATE, thread(LATE));
        }
        try (var patched = OrdersGraph.builder(new Orders()).checkpointer(store).build()) {
            VerifyReport since = patched.verify(VerifyOptions.since(before));
            System.out.println("\nafter the switch: " + said(since));
            System.out.print(since.text());
            for (Order order : List.of(WAITING.get(0), WAITING.get(1), LATE)) {
                System.out.println("  "
                        + patched.order()
                                .invoke(Command.resume(true), thread(order))
                                .value());
            }
            Order many = new Order("tables", 12);
            System.out.println("  " + many.article() + ": "
                    + patched.order().invoke(many, thread(many)).value());
        }
    }

    private static RunConfig thread(Order order) {
        return RunConfig.thread("order of " + order.article());
    }

    private static String said(VerifyReport report) {
        return report.exitCode() == 0 ? "it may be deployed" : "it may not be deployed";
    }
}
