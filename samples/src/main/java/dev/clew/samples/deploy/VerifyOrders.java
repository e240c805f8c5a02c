package dev.clew.samples.deploy;

import dev.clew.sqlite.Sqlite;
import dev.clew.verify.VerifyReport;
import java.nio.file.Path;

/** Says whether the code of this jar fits the orders in a database; the script that deploys looks at the exit code. */
public final class VerifyOrders {
    private VerifyOrders() {}

    public static void main(String... args) {
        VerifyReport report;
        try (var db = Sqlite.open(Path.of(args[0]));
                var graph = OrdersGraph.builder(new Orders())
                        .checkpointer(db.checkpointer())
                        .build()) {
            report = graph.verify();
        }
        System.out.print(report.text());
        System.exit(report.exitCode());
    }
}
