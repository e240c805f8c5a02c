package dev.clew.samples.rest;

import com.sun.net.httpserver.HttpServer;
import dev.clew.flow.Durability;
import dev.clew.queue.Worker;
import dev.clew.samples.people.ApproveAction;
import dev.clew.samples.people.ApproveActionGraph;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of transfers. What was under way when it was killed continues when it is started again. */
final class TransferServer implements AutoCloseable {
    private final Sqlite db;
    private final ApproveActionGraph graph;
    private final HttpServer http;
    private final ExecutorService callers = Executors.newFixedThreadPool(16);

    public static void main(String... args) throws IOException {
        TransferServer server = new TransferServer(Path.of("transfers.db"), 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }

    TransferServer(Path file, int port) throws IOException {
        db = Sqlite.open(file);
        graph = ApproveActionGraph.builder(new ApproveAction())
                .checkpointer(db.checkpointer())
                .durability(Durability.SYNC)
                .worker(Worker.of("default")) // executes what the endpoint stores
                .recoverEvery(Duration.ofMinutes(1)) // continues what a process left behind that died
                .build();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext("/transfers/", new TransferEndpoint(graph.pay()));
        http.setExecutor(callers);
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(1);
        callers.shutdown();
        graph.close();
        db.close();
    }
}
