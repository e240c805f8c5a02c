package dev.clew.client.wire;

import dev.clew.value.CodecException;
import dev.clew.value.WaitInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one server. What changes nothing is sent again while the server is away; what may have changed something is sent once,
 * and the caller decides.
 */
public final class Http {
    private final Endpoint endpoint;

    public Http(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Where it is. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The same with more or less patience. */
    public Http with(Endpoint other) {
        return new Http(other);
    }

    /** An answer that begins at once and goes on for long. Closing it ends the connection. */
    record Opened(HttpHeaders headers, WatchedBody body) implements AutoCloseable {
        /** The rest of the body as JSON. */
        Doc document() throws IOException {
            return parsed(body.readAllBytes());
        }

        @Override
        public void close() {
            body.close();
        }
    }

    /**
     * Reads something.
     *
     * @throws ServerFault if the answer is no success
     * @throws IOException if the server was away for too long
     */
    public Doc get(String path) throws IOException {
        return again("GET", path, null);
    }

    /** {@link #get} by a request with a body that changes nothing. */
    public Doc query(String path, Object body) throws IOException {
        return again("POST", path, body);
    }

    /** {@link #get} by a request that may be made twice. */
    public Doc repeatable(String method, String path, @Nullable Object body) throws IOException {
        return again(method, path, body);
    }

    private Doc again(String method, String path, @Nullable Object body) throws IOException {
        Backoff backoff = new Backoff(endpoint.patience());
        while (true) {
            try (Opened opened = open(method, path, body, Map.of())) {
                return opened.document();
            } catch (IOException away) {
                backoff.pauseOrThrow(away);
            } catch (ServerFault fault) {
                if (!fault.isPassing()) {
                    throw fault;
                }
                backoff.pauseOrThrow(fault);
            }
        }
    }

    /**
     * Sends a request once, and returns when the answer begins.
     *
     * @throws ServerFault if the answer is no success
     * @throws java.net.ConnectException if the server was not reached, so nothing was received
     * @throws IOException if the request may have been received
     */
    Opened open(String method, String path, @Nullable Object body, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.at(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(Doc.write(body)));
        endpoint.headers().forEach(given -> given.get().forEach(request::setHeader));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        WatchedBody watched = new WatchedBody(endpoint.silence());
        HttpResponse<InputStream> response = begun(request.build(), watched);
        if (response.statusCode() / 100 != 2) {
            try (watched) {
                throw new ServerFault(
                        method + " " + path,
                        response.statusCode(),
                        readable(watched.readAllBytes()),
                        response.headers());
            }
        }
        return new Opened(response.headers(), watched);
    }

    private HttpResponse<InputStream> begun(HttpRequest request, WatchedBody body) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> sent = endpoint.client().sendAsync(request, info -> body);
        try {
            return sent.get(endpoint.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            boolean unused = sent.cancel(true);
            body.close();
            throw new HttpTimeoutException(
                    request.method() + " " + request.uri().getPath() + " was not answered within "
                            + endpoint.requestTimeout().toMillis() + " ms");
        } catch (InterruptedException stop) {
            boolean unused = sent.cancel(true);
            body.close();
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException(
                    "interrupted while a server was waited for; the run goes on at the server");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cut) {
                throw cut;
            }
            throw new IOException("the request failed", failed.getCause());
        }
    }

    private static Doc readable(byte[] body) {
        try {
            return parsed(body);
        } catch (IOException noJson) {
            return new Doc(new String(body, StandardCharsets.UTF_8).strip());
        }
    }

    /** Bytes that are cut off are no JSON, so what cannot be read is a connection that broke. */
    private static Doc parsed(byte[] body) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return Doc.NOTHING;
        }
        try {
            return Doc.parse(text);
        } catch (CodecException noJson) {
            throw new IOException("the answer is no JSON, or was cut off", noJson);
        }
    }
}
