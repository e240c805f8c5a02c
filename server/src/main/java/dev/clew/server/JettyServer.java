package dev.clew.server;

import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The web server around the servlet: all that is Jetty's, so that a program with a container of its own can leave Jetty out. */
final class JettyServer {
    // The pool's own numbers. Its own kind of queue would load all of JMX, to ask for the machine's cache lines.
    private static final int MOST_THREADS = 200;
    private static final int FEWEST_THREADS = 8;

    private final Server jetty;
    private final ServerConnector connector;
    private final ServletContextHandler context;

    private JettyServer(Server jetty, ServerConnector connector, ServletContextHandler context) {
        this.jetty = jetty;
        this.connector = connector;
        this.context = context;
    }

    /** A web server that listens at nothing yet. */
    static JettyServer make(String host, int port) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS, new LinkedBlockingQueue<>());
        threads.setName("clew-server");
        threads.setDaemon(true);
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("clew-server-"));
        }
        Server jetty = new Server(threads);
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(configuration()));
        connector.setHost(host);
        connector.setPort(port);
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        jetty.setHandler(context);
        // What the web server itself refuses, such as a malformed address, is answered in the servlet's form.
        jetty.setErrorHandler(new JettyRefusals());
        context.setErrorHandler(jetty.getErrorHandler());
        return new JettyServer(jetty, connector, context);
    }

    /** @throws IllegalStateException if the port is taken; then the servlet is closed */
    void start(AgentServlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        try {
            jetty.start();
        } catch (Exception failed) {
            servlet.close();
            throw new IllegalStateException(
                    "no server can listen at " + connector.getHost() + ":" + connector.getPort(), failed);
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.RFC3986.with(
                "clew",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        return http;
    }

    int port() {
        return connector.getLocalPort();
    }

    void stop() throws Exception {
        jetty.stop();
    }
}
