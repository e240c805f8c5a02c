package dev.clew.langchain4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A model server on this machine that speaks OpenAI's protocol, each request by the next script. */
final class ModelServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Script> scripts;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    ModelServer(Script... scripts) throws IOException {
        this.scripts = List.of(scripts);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    /** What one request gets. */
    interface Script {
        void answer(Reply reply) throws IOException, InterruptedException;
    }

    /** The answer to one request. */
    static final class Reply {
        private final HttpExchange exchange;

        Reply(HttpExchange exchange) {
            this.exchange = exchange;
        }

        /** Refuses with this status. */
        void refuse(int status) throws IOException {
            byte[] body = "{\"error\":{\"message\":\"try again\"}}".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }

        /** Answers with this body. */
        void answer(int status, String json) throws IOException {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }

        /** Begins to stream. */
        OutputStream begin() throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            return exchange.getResponseBody();
        }
    }

    static void token(OutputStream out, String token) throws IOException {
        event(
                out,
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"delta\":"
                        + "{\"role\":\"assistant\",\"content\":\"" + token + "\"}}]}");
    }

    static void end(OutputStream out) throws IOException {
        event(
                out,
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":[{\"index\":0,"
                        + "\"delta\":{},\"finish_reason\":\"stop\"}]}");
        event(out, "[DONE]");
    }

    /** A piece whose delta is this JSON. */
    static void delta(OutputStream out, String delta) throws IOException {
        event(
                out,
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"delta\":"
                        + delta + "}]}");
    }

    static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(UTF_8));
        out.flush();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            scripts.get(requests.getAndIncrement()).answer(new Reply(exchange));
            exchange.close(); // else the connection is cut, which is no end of the answer
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/v1";
    }

    /** The bodies of the requests so far. */
    List<String> bodies() {
        return bodies;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
