package dev.clew.benchmarks.http;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.postgres.Postgres;
import dev.clew.queue.Worker;
import dev.clew.server.AgentServer;
import dev.clew.sqlite.Sqlite;
import dev.clew.store.Store;
import java.nio.file.Path;

/** {@code EchoServer DATABASE PORT}: serves {@link Echo} from a SQLite file, or a PostgreSQL address, until the process ends. */
public final class EchoServer {
    private EchoServer() {}

    public static void main(String... args) throws InterruptedException {
        int port = Integer.parseInt(args[1]);
        if (args[0].startsWith("jdbc:")) {
            try (Postgres database = Postgres.connect(args[0], "postgres", "postgres")) {
                serve(database.checkpointer(), database.store(), port);
            }
        } else {
            try (Sqlite file = Sqlite.open(Path.of(args[0]))) {
                serve(file.checkpointer(), file.store(), port);
            }
        }
    }

    private static void serve(Checkpointer checkpointer, Store store, int port) throws InterruptedException {
        try (EchoGraph graph = EchoGraph.builder(new Echo())
                        .checkpointer(checkpointer)
                        .durability(Durability.ASYNC)
                        .worker(Worker.of("default").concurrency(16))
                        .build();
                AgentServer server = AgentServer.builder()
                        .graph(graph)
                        .store(store)
                        .port(port)
                        .start()) {
            server.awaitShutdown();
        }
    }
}
