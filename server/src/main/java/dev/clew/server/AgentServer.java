package dev.clew.server;

import dev.clew.Graph;
import dev.clew.flow.Workflow;
import dev.clew.server.auth.Authenticator;
import dev.clew.server.auth.Authorizer;
import dev.clew.server.spi.ServerExtension;
import dev.clew.server.view.Scalars;
import dev.clew.store.Store;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Serves workflows over HTTP, as LangGraph's own clients speak it: its SDKs for JavaScript and Python, {@code useStream} and
 * {@code RemoteGraph}. Each workflow is an assistant. Runs are queued runs, so the graphs need a {@linkplain
 * dev.clew.GraphBuilder#worker worker} for the queue {@code default}, here or in other processes of the same checkpointer.
 *
 * <p>Thread-safe. Closing it ends its connections; its graphs stay open, and their runs continue.
 *
 * <pre>{@code
 * try (var db = Sqlite.open(Path.of("essays.db"));
 *     var essays = EssayFlowGraph.builder(new EssayFlow(writer))
 *         .checkpointer(db.checkpointer())
 *         .worker(Worker.of("default"))
 *         .build();
 *     var server = AgentServer.builder().graph(essays).store(db.store()).port(8123).start()) {
 *   System.out.println("serving at " + server.uri());
 *   server.awaitShutdown();
 * }
 * }</pre>
 */
public final class AgentServer implements AutoCloseable {
    private final JettyServer jetty;
    private final AgentServlet servlet;
    private final URI uri;
    private final CountDownLatch closed = new CountDownLatch(1);

    private AgentServer(JettyServer jetty, AgentServlet servlet, URI uri) {
        this.jetty = jetty;
        this.servlet = servlet;
        this.uri = uri;
    }

    /** A server of nothing yet, at port 8123 of this machine alone. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it is, without a slash at the end. */
    public URI uri() {
        return uri;
    }

    /** The port that it listens at. */
    public int port() {
        return uri.getPort();
    }

    /** Waits until it is closed, on any thread. */
    public void awaitShutdown() throws InterruptedException {
        closed.await();
    }

    /** Ends its connections, and listens no more. Closing twice is harmless. */
    @Override
    public void close() {
        servlet.close();
        try {
            jetty.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the server at " + uri + " could not be stopped", failed);
        } finally {
            closed.countDown();
        }
    }

    /**
     * What a server serves, and to whom. Not thread-safe.
     *
     * <pre>{@code
     * AgentServer.builder().graph(essays).authenticator(Authenticator.apiKey(key)).host("0.0.0.0").start()
     * }</pre>
     */
    public static final class Builder {
        private static final int DEFAULT_PORT = 8123;
        private static final int DEFAULT_MAX_BODY = 16 << 20;

        final List<Graph> graphs = new ArrayList<>();
        final List<ServerExtension> extensions = new ArrayList<>();
        final Map<String, Workflow<?, ?>> named = new LinkedHashMap<>();

        @Nullable
        Store store;

        @Nullable
        Authenticator authenticator;

        @Nullable
        WebhookOptions webhooks;

        Authorizer authorizer = Authorizer.EVERYTHING;
        CorsOptions cors = CorsOptions.NONE;
        Scalars scalars = Scalars.WRAP;
        String basePath = "";
        String publicUrl = "";
        int maxBody = DEFAULT_MAX_BODY;
        boolean inspector;

        /** How often the threads of crons are looked at. */
        Duration cronsEvery = Duration.ofSeconds(10);

        /** How long the threads of runs without one are kept after the run. */
        Duration temporaryKept = Duration.ofMinutes(1);

        /** How long a chat that is not streamed is waited for: its clients cannot be seen to leave. */
        Duration chatsAwaited = Duration.ofMinutes(10);

        /** How long a client may take nothing; more than the time between two beats, which are every five seconds. */
        Duration stalledAfter = Duration.ofSeconds(30);

        /** How often it is looked at whether who reads a stream still may. */
        Duration reauthorizedEvery = Duration.ofMinutes(1);

        private String host = "127.0.0.1";
        private int port = DEFAULT_PORT;
        private boolean insecure;

        private Builder() {}

        /** Serves every workflow of a graph under its own name. All graphs must have one checkpointer. */
        public Builder graph(Graph graph) {
            graphs.add(graph);
            return this;
        }

        /**
         * Serves a workflow of one of the graphs under another name.
         *
         * @param name what clients call it
         */
        public Builder workflow(String name, Workflow<?, ?> workflow) {
            named.put(name, workflow);
            return this;
        }

        /** Answers another protocol, too, such as that of {@code clew-server-mcp}. */
        public Builder extension(ServerExtension more) {
            extensions.add(more);
            return this;
        }

        /** Lets clients use this store. Without one, {@code /store} is not there. */
        public Builder store(Store items) {
            this.store = items;
            return this;
        }

        /** Finds out who asks. Without one, anybody may ask, and the server listens on this machine alone. */
        public Builder authenticator(Authenticator who) {
            this.authenticator = who;
            return this;
        }

        /** Decides who may do what; by default everybody may do everything. */
        public Builder authorizer(Authorizer may) {
            this.authorizer = may;
            return this;
        }

        /** Lets pages of other origins use the server. By default no page may. */
        public Builder cors(CorsOptions origins) {
            this.cors = origins;
            return this;
        }

        /**
         * Lets clients ask for a webhook at the end of a run. They are kept in the {@linkplain #store store} until they are
         * taken, so one must be given.
         */
        public Builder webhooks(WebhookOptions options) {
            this.webhooks = options;
            return this;
        }

        /**
         * Sends results that are no objects as they are. LangGraph's client for JavaScript breaks at them, so by default they are
         * sent as the member {@code output} of an object.
         */
        public Builder rawOutput() {
            this.scalars = Scalars.RAW;
            return this;
        }

        /** The path below which everything is, such as {@code /agents}. */
        public Builder basePath(String path) {
            if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
                throw new IllegalArgumentException(
                        "a base path begins with a slash and does not end with one, not '" + path + "'");
            }
            this.basePath = path;
            return this;
        }

        /**
         * Where clients reach the server, such as {@code https://agents.example.org}, with the base path if there is one: what cards
         * of agents say. By default they say what the request for them says, by its {@code Host} and {@code X-Forwarded-Proto}.
         */
        public Builder publicUrl(String url) {
            if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*[^/?#\\s])?")) {
                throw new IllegalArgumentException(
                        "a public address begins with http:// or https:// and does not end with a slash, not '" + url
                                + "'");
            }
            this.publicUrl = url;
            return this;
        }

        /** How many bytes a request's body may have; 16 MB by default. */
        public Builder maxBody(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("a body has at least 1 byte, not " + bytes);
            }
            this.maxBody = bytes;
            return this;
        }

        /** The address that it listens at; {@code 127.0.0.1} by default. Others need an authenticator. */
        public Builder host(String address) {
            this.host = address;
            return this;
        }

        /** The port that it listens at; 8123 by default, 0 for any that is free. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** Lets it listen at any address without an authenticator: for networks in which everybody may do everything. */
        public Builder insecure() {
            this.insecure = true;
            return this;
        }

        /**
         * Serves the inspector at {@code /clew/}: a page that shows threads and lets a person act on them. It needs {@code
         * clew-inspector} on the class path. The page itself is public and has no data; it asks for credentials if the server
         * needs them. By default it is not served.
         */
        public Builder inspector(boolean isServed) {
            this.inspector = isServed;
            return this;
        }

        /** For one's own machine: pages that are served on it may use the server, and the {@linkplain #inspector inspector} is. */
        public Builder dev() {
            return inspector(true).cors(CorsOptions.of("http://localhost:*", "http://127.0.0.1:*"));
        }

        /**
         * Makes the servlet alone, for a container of one's own.
         *
         * @throws IllegalArgumentException if nothing is served, or the graphs do not fit together
         */
        public AgentServlet servlet() {
            return Assembly.servlet(this, authenticator == null && !insecure);
        }

        /**
         * Starts the server.
         *
         * @throws IllegalArgumentException if nothing is served, the graphs do not fit together, or the address needs an
         *     authenticator
         * @throws IllegalStateException if the port is taken
         */
        public AgentServer start() {
            boolean local = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
            if (!local && authenticator == null && !insecure) {
                throw new IllegalArgumentException("a server at " + host
                        + " can be reached from other machines, so it needs an authenticator(…); where everybody may do"
                        + " everything, say insecure()");
            }
            // Both load hundreds of classes, so they are made at the same time.
            CompletableFuture<JettyServer> made =
                    CompletableFuture.supplyAsync(() -> JettyServer.make(host, port), Builder::beside);
            AgentServlet servlet = servlet();
            JettyServer jetty = Objects.requireNonNullElseGet(
                    made.handle((ready, failed) -> ready).join(), () -> JettyServer.make(host, port));
            jetty.start(servlet);
            String name = host.contains(":") ? "[" + host + "]" : host;
            URI uri = URI.create("http://" + name + ":" + jetty.port() + basePath);
            return new AgentServer(jetty, servlet, uri);
        }

        private static void beside(Runnable work) {
            Thread thread = new Thread(work, "clew-server-start");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
