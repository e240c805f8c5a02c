package dev.clew.server;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.servlet.Exchange;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * All of an agent server as one servlet (Jakarta Servlet 6.0), for a container that an application has already. It must be
 * mapped to {@code /*} or below a path, with {@code asyncSupported}, and every filter before it must support that, too, and
 * must not compress or buffer.
 *
 * <pre>{@code
 * AgentServlet servlet = AgentServer.builder().graph(essays).basePath("/agents").servlet();
 * container.addServlet(servlet, "/agents/*");
 * }</pre>
 *
 * @see AgentServer
 */
public final class AgentServlet extends HttpServlet implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    /** What changes nothing, and whose answer a page of another origin cannot read. */
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String EXPOSED = "Content-Location, Location, X-Pagination-Total, X-Pagination-Next";

    private final transient Exchange exchange;
    private final transient CorsOptions cors;
    private final transient Runnable closing;
    private final boolean isOpen;

    /** @param isOpen whether nobody has to say who they are; then only names of this machine are answered to */
    AgentServlet(Exchange exchange, CorsOptions cors, boolean isOpen, Runnable closing) {
        this.exchange = exchange;
        this.cors = cors;
        this.isOpen = isOpen;
        this.closing = closing;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isOpen && !isOfThisMachine(request)) {
            refuse(
                    response,
                    ApiRefusal.forbidden("this server answers to localhost only; a page that reaches it by"
                            + " another name is refused"));
            return;
        }
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        if (origin.isPresent() && cors.allows(origin.get())) {
            response.setHeader("Access-Control-Allow-Origin", origin.get());
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
            response.addHeader("Vary", "Origin");
        }
        if (request.getMethod().equals("OPTIONS") && origin.isPresent()) {
            preflight(request, response, cors.allows(origin.get()));
            return;
        }
        if (origin.isPresent()
                && !READING.contains(request.getMethod())
                && !isOwn(request, origin.get())
                && !cors.allows(origin.get())) {
            refuse(
                    response,
                    ApiRefusal.forbidden("a page of '" + origin.get() + "' may not use this server; its operator can"
                            + " name that origin in CorsOptions"));
            return;
        }
        exchange.serve(request, response);
    }

    /** A name that somebody else made to lead to this machine would let his pages use the server. */
    private static boolean isOfThisMachine(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host == null) {
            return true;
        }
        String name = host.replaceFirst(":[0-9]+$", "");
        return LOOPBACK.contains(name);
    }

    /**
     * Whether a page of this server itself asks. A proxy may call the server by another name; then the browser's word counts, which no
     * page can change.
     */
    private static boolean isOwn(HttpServletRequest request, String origin) {
        String site = request.getHeader("Sec-Fetch-Site");
        return "same-origin".equals(site)
                || "none".equals(site)
                || origin.replaceFirst("^https?://", "").equalsIgnoreCase(request.getHeader("Host"));
    }

    private static void preflight(HttpServletRequest request, HttpServletResponse response, boolean allowed) {
        response.setStatus(allowed ? 204 : 403);
        if (!allowed) {
            return;
        }
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        String asked = request.getHeader("Access-Control-Request-Headers");
        if (asked != null) {
            response.setHeader("Access-Control-Allow-Headers", asked);
        }
        if (request.getHeader("Access-Control-Request-Private-Network") != null) {
            response.setHeader("Access-Control-Allow-Private-Network", "true");
        }
        response.setHeader("Access-Control-Max-Age", "600");
    }

    private static void refuse(HttpServletResponse response, ApiRefusal refused) throws IOException {
        response.setStatus(refused.status());
        response.setContentType("application/json");
        response.getOutputStream().write(Json.bytes(refused.body()));
    }

    @Override
    public void destroy() {
        close();
    }

    /** Ends its streams. The graphs stay open. */
    @Override
    public void close() {
        closing.run();
    }
}
