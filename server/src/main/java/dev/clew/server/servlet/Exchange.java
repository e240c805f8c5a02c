package dev.clew.server.servlet;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.Frames;
import dev.clew.server.kernel.Kernel;
import dev.clew.server.kernel.Reply;
import dev.clew.server.wire.SseFrame;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests from a servlet container to the kernel, and replies back.
 *
 * @param kernel answers
 * @param prefix the path below which the API is; empty or beginning with a slash
 * @param maxBody how many bytes a body may have
 * @param stalledAfter how long a client may take nothing
 * @param clock beats
 * @param executor writes
 */
public record Exchange(
        Kernel kernel,
        String prefix,
        int maxBody,
        Duration stalledAfter,
        ScheduledExecutorService clock,
        Executor executor) {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");
    private static final long BEAT_MILLIS = 5_000;

    /** Answers one request. */
    public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Reply reply;
        try {
            reply = kernel.handle(call(request));
        } catch (ApiRefusal refused) {
            reply = Reply.json(refused.status(), refused.body());
        }
        boolean head = request.getMethod().equals("HEAD");
        if (reply instanceof Reply.Awaited awaited) {
            await(request, response, awaited, head);
            return;
        }
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        if (reply instanceof Reply.Document document) {
            write(response, "application/json", Json.bytes(document.body()), head);
        } else if (reply instanceof Reply.Bytes bytes) {
            write(response, bytes.type(), bytes.body(), head);
        } else if (reply instanceof Reply.Later later) {
            response.setContentType("application/json");
            stream(request, response, new LaterFrames(later.body(), later.left()), LaterFrames.BEAT);
        } else if (reply instanceof Reply.Events events) {
            response.setContentType("text/event-stream; charset=utf-8");
            if (head) {
                events.frames().close();
                return;
            }
            stream(request, response, events.frames(), SseFrame.BEAT);
        }
    }

    private Kernel.Call call(HttpServletRequest request) throws IOException {
        Map<String, String> headers = new HashMap<>();
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        String path = request.getRequestURI();
        if (!path.startsWith(prefix)) {
            throw ApiRefusal.notFound("there is nothing at " + request.getMethod() + " " + path);
        }
        return new Kernel.Call(
                request.getMethod(),
                path.substring(prefix.length()).isEmpty() ? "/" : path.substring(prefix.length()),
                request.getQueryString(),
                headers,
                content(request),
                request.getRemoteAddr(),
                request.getUserPrincipal());
    }

    private byte[] content(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maxBody) {
            throw tooLarge();
        }
        try (InputStream in = request.getInputStream()) {
            byte[] content = in.readNBytes(maxBody + 1);
            if (content.length > maxBody) {
                throw tooLarge();
            }
            return content;
        }
    }

    private ApiRefusal tooLarge() {
        return ApiRefusal.of(413, "too_large", "the body has more than " + maxBody + " bytes");
    }

    private static void write(HttpServletResponse response, String type, byte[] body, boolean head) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        if (!head) {
            response.getOutputStream().write(body);
        }
    }

    private void await(HttpServletRequest request, HttpServletResponse response, Reply.Awaited awaited, boolean head) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        awaited.headers().forEach(response::setHeader);
        boolean unused = awaited.reply()
                .exceptionally(failed -> Reply.json(500, failed(failed).body()))
                .thenAcceptAsync(
                        reply -> {
                            try {
                                response.setStatus(reply.status());
                                reply.headers().forEach(response::setHeader);
                                if (reply instanceof Reply.Document document) {
                                    write(response, "application/json", Json.bytes(document.body()), head);
                                } else if (reply instanceof Reply.Bytes bytes) {
                                    write(response, bytes.type(), bytes.body(), head);
                                }
                            } catch (IOException left) {
                                LOG.debug("a client left before its answer", left);
                            } finally {
                                context.complete();
                            }
                        },
                        executor)
                .isDone();
    }

    private static ApiRefusal failed(Throwable failed) {
        LOG.error("an answer that was waited for could not be made", failed);
        return ApiRefusal.of(500, "internal_error", "the server failed at this request; its log says why");
    }

    private void stream(HttpServletRequest request, HttpServletResponse response, Frames frames, byte[] beat)
            throws IOException {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        FrameWriter writer = new FrameWriter(context, response.getOutputStream(), frames, beat, stalledAfter, executor);
        long first = ThreadLocalRandom.current().nextLong(BEAT_MILLIS / 2, BEAT_MILLIS);
        writer.start(clock.scheduleAtFixedRate(writer::beat, first, BEAT_MILLIS, TimeUnit.MILLISECONDS));
    }
}
