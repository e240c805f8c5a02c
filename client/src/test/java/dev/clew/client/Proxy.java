package dev.clew.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and its server, loses answers, cuts streams, and may say that the server is LangGraph's. */
final class Proxy implements AutoCloseable {
    private static final Set<String> HOP =
            Set.of("connection", "content-length", "transfer-encoding", "host", "upgrade", "http2-settings");

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String target;
    private final boolean langGraph;

    /** How many answers to requests that start something are still to be lost. */
    final AtomicInteger losses = new AtomicInteger();

    /** After how many bytes streams are cut; 0 for never. */
    final AtomicInteger cutAfter = new AtomicInteger();

    /** How many streams are still to fall silent after their first bytes, with the connection open. */
    final AtomicInteger silences = new AtomicInteger();

    /** How many streams still end after their first bytes as if that were all, once their run is over. */
    final AtomicInteger endings = new AtomicInteger();

    /** Before how many starts lists of runs show none. */
    final AtomicInteger hidesRunsBefore = new AtomicInteger();

    private final AtomicInteger starts = new AtomicInteger();

    /** The method and the path of each request. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    /** The headers {@code Last-Event-ID} of each request that has one. */
    final List<String> cursors = new CopyOnWriteArrayList<>();

    Proxy(String target, boolean langGraph) throws IOException {
        this.target = target;
        this.langGraph = langGraph;
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::forward);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long count(String what) {
        return seen.stream().filter(request -> request.contains(what)).count();
    }

    private void forward(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        seen.add(exchange.getRequestMethod() + " " + path);
        String cursor = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        if (cursor != null) {
            cursors.add(cursor);
        }
        if (langGraph && path.equals("/info")) {
            byte[] info = "{\"version\":\"0.16.7\",\"langgraph_py_version\":\"1.2\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, info.length);
            exchange.getResponseBody().write(info);
            exchange.close();
            return;
        }
        if (path.contains("/runs?") && starts.get() < hidesRunsBefore.get()) {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
            exchange.close();
            return;
        }
        try (exchange) {
            relay(exchange, path);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void relay(HttpExchange exchange, String path) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            boolean isKey = name.equalsIgnoreCase("idempotency-key") && langGraph;
            if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT)) && !isKey) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        boolean starts = exchange.getRequestMethod().equals("POST") && path.contains("/runs");
        if (starts) {
            this.starts.incrementAndGet();
        }
        if (starts && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            // The server has the request; the client sees a connection that breaks.
            response.body().close();
            throw new IOException("lost");
        }
        response.headers().map().forEach((name, values) -> {
            if (!HOP.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), response.statusCode() == 204 ? -1 : 0);
        copy(response.body(), exchange.getResponseBody(), path.contains("/stream"));
    }

    private void copy(InputStream from, OutputStream to, boolean isStream) throws IOException, InterruptedException {
        byte[] buffer = new byte[512];
        int sent = 0;
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
                sent += count;
                if (isStream && silences.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    Thread.sleep(60_000);
                }
                if (isStream && endings.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    from.readAllBytes();
                    return;
                }
                if (isStream && cutAfter.get() > 0 && sent >= cutAfter.get()) {
                    throw new IOException("cut");
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
