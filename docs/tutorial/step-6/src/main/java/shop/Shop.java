package shop;

import dev.clew.postgres.Postgres;
import dev.clew.queue.Worker;
import dev.clew.server.AgentServer;
import java.nio.file.Path;
import java.time.Duration;

public class Shop {
    public static void main(String... args) throws InterruptedException {
        try (var db = Postgres.connect(
                        System.getenv("SHOP_DB"), System.getenv("SHOP_USER"), System.getenv("SHOP_PASSWORD"));
                var graph = OrderGraph.builder(new Order(new Bank(Path.of("bank.txt"), Duration.ZERO)))
                        .checkpointer(db.checkpointer())
                        .worker(Worker.of("default")) // executes what clients ask for
                        .build();
                var server = AgentServer.builder().graph(graph).port(8123).dev().start()) {
            System.out.println("serving at " + server.uri());
            server.awaitShutdown();
        }
    }
}
