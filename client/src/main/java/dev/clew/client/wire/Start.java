package dev.clew.client.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that starts something, as often as its caller makes it. If it may have been received, it is not sent a second time:
 * Clew's server knows its key, and LangGraph's list its run with the key in its metadata. Used by one thread.
 */
public final class Start {
    /** For so long a request that may have been received is looked for before it is sent again: it may be listed late. */
    private static final Duration LOOKING = Duration.ofSeconds(5);

    private static final int CONFLICT = 409;

    private final String thread;
    private final Map<String, ?> body;
    private final String key;
    private boolean mayBeThere;

    public Start(String thread, Map<String, ?> body, String key) {
        this.thread = thread;
        this.body = body;
        this.key = key;
    }

    /** The thread, as the server names it. */
    String thread() {
        return thread;
    }

    /**
     * A request that was received.
     *
     * @param answer what the server says of it while it lasts; null if it was received before
     */
    record Begun(String runId, Http.@Nullable Opened answer) {}

    /** Sends it, unless it was received before. */
    Begun begin(RunCalls calls, String suffix) throws IOException {
        boolean knowsKeys = calls.kind() == ServerKind.CLEW;
        Map<String, String> headers = knowsKeys ? Map.of("Idempotency-Key", key) : Map.of();
        Backoff backoff = new Backoff(calls.http().endpoint().patience());
        while (true) {
            Optional<String> received = mayBeThere && !knowsKeys ? looked(calls) : Optional.empty();
            if (received.isPresent()) {
                return new Begun(received.get(), null);
            }
            try {
                return sent(calls, headers, suffix);
            } catch (ConnectException | HttpConnectTimeoutException away) {
                backoff.pauseOrThrow(away);
            } catch (IOException lost) {
                mayBeThere = true;
                backoff.pauseOrThrow(lost);
            } catch (ServerFault fault) {
                if (!fault.isPassing()) {
                    return own(calls, fault, !knowsKeys);
                }
                mayBeThere = true;
                backoff.pauseOrThrow(fault);
            }
        }
    }

    /** What keeps the thread busy may be this very request, which was listed too late. */
    private Begun own(RunCalls calls, ServerFault fault, boolean isListed) throws IOException {
        if (isListed && mayBeThere && fault.status() == CONFLICT) {
            Optional<String> received = looked(calls);
            if (received.isPresent()) {
                return new Begun(received.get(), null);
            }
        }
        throw fault;
    }

    private Optional<String> looked(RunCalls calls) throws IOException {
        Duration patience = calls.http().endpoint().patience().dividedBy(2);
        Duration most = patience.compareTo(LOOKING) < 0 ? patience : LOOKING;
        long until = System.nanoTime() + most.toNanos();
        Backoff looks = new Backoff(most);
        while (true) {
            Optional<String> found = calls.requested(thread, key);
            if (found.isPresent() || System.nanoTime() - until >= 0) {
                return found;
            }
            looks.pause(until);
        }
    }

    private Begun sent(RunCalls calls, Map<String, String> headers, String suffix) throws IOException {
        Http.Opened answer = calls.http().open("POST", RunCalls.path(thread) + "/runs" + suffix, body, headers);
        if (suffix.isEmpty()) {
            try (answer) {
                return new Begun(
                        answer.document()
                                .text("run_id")
                                .orElseThrow(() -> new IOException("the server's answer has no 'run_id'")),
                        null);
            }
        }
        String named = answer.headers().firstValue("content-location").orElse("");
        int at = named.lastIndexOf("/runs/");
        if (at < 0) {
            answer.close();
            throw new IOException("the server's answer has no 'Content-Location' that names the run");
        }
        return new Begun(named.substring(at + "/runs/".length()), answer);
    }
}
