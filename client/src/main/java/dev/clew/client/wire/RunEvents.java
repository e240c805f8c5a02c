package dev.clew.client.wire;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of one run, over as many connections as it takes: after a cut they are read on after the last one that came, and none
 * is given twice. For one reader; {@link #close} may be called by any thread.
 */
public final class RunEvents implements AutoCloseable {
    /** So many ids are remembered. What a server sends again after a cut is less. */
    private static final int REMEMBERED = 10_000;

    /** A connection that held so long was one to a server that is there, though nothing came. */
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RunCalls calls;
    private final String thread;
    private final String runId;
    private final String resume;
    private final Backoff backoff;
    private final Map<String, Boolean> seen = new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile boolean closed;
    private volatile Http.@Nullable Opened connection;
    private @Nullable SseReader reader;
    private @Nullable String lastId;
    private long connectedAt;
    private boolean hasNews;
    private boolean isRunOver;
    private boolean over;

    RunEvents(RunCalls calls, String thread, String runId, Http.@Nullable Opened first, List<String> modes) {
        this.calls = calls;
        this.thread = thread;
        this.runId = runId;
        this.backoff = new Backoff(calls.http().endpoint().patience());
        String own = RunCalls.path(thread) + "/runs/" + Names.segment(runId) + "/stream";
        String location = first == null
                ? own
                : Optional.of(first.headers().firstValue("location").orElse(own))
                        // A path of this server alone: what is sent there has credentials.
                        .filter(path -> path.startsWith("/") && !path.startsWith("//"))
                        .orElse(own);
        String wanted = "stream_mode=" + Names.query(new Doc(modes).jsonText());
        this.resume = location + (location.contains("?") ? "&" : "?") + wanted;
        if (first != null) {
            connect(first);
        }
    }

    /** The run's id, as the server names it. */
    public String runId() {
        return runId;
    }

    private void connect(Http.Opened opened) {
        connection = opened;
        reader = new SseReader(opened.body());
        connectedAt = System.nanoTime();
        hasNews = false;
        if (closed) {
            opened.close();
        }
    }

    /**
     * Waits for the next event; null if there is none any more.
     *
     * @throws IOException if the server was away for too long
     */
    public @Nullable SseEvent next() throws IOException {
        while (!over && !closed) {
            try {
                SseEvent event = opened().next();
                if (event == null) {
                    ended();
                } else if (event.id().isEmpty() || seen.put(event.id(), true) == null) {
                    lastId = event.id().isEmpty() ? lastId : event.id();
                    backoff.reset();
                    hasNews = true;
                    return event;
                }
            } catch (IOException cut) {
                disconnect();
                if (!closed) {
                    backoff.pauseOrThrow(cut);
                }
            } catch (ServerFault fault) {
                disconnect();
                if (fault.isPassing()) {
                    backoff.pauseOrThrow(fault);
                } else if (isRunOver) {
                    // A server need not keep what a run did that is over.
                    over = true;
                } else {
                    throw fault;
                }
            }
        }
        return null;
    }

    /**
     * A server ends a stream with its run, and when it stops; and what is between may end it as if that were all. So once the run is
     * over, it is read on until nothing new comes.
     */
    private void ended() throws IOException {
        boolean isAll = isRunOver && !hasNews;
        disconnect();
        isRunOver = isRunOver || !calls.isUnderWay(thread, runId);
        over = isAll;
        if (!isRunOver) {
            backoff.pauseOrThrow(new IOException("the stream of run '" + runId + "' ended before the run"));
        }
    }

    private SseReader opened() throws IOException {
        SseReader known = reader;
        if (known != null) {
            return known;
        }
        // Without a cursor, Clew's server begins with the request's first event, LangGraph's with what comes next.
        boolean fromStart = lastId == null && calls.kind() != ServerKind.CLEW;
        String cursor = fromStart ? "-1" : lastId;
        Map<String, String> headers = cursor == null ? Map.of() : Map.of("Last-Event-ID", cursor);
        connect(calls.http().open("GET", resume, null, headers));
        SseReader made = reader;
        if (made == null) {
            throw new IOException("closed");
        }
        return made;
    }

    private void disconnect() {
        Http.Opened known = connection;
        connection = null;
        reader = null;
        if (known != null) {
            known.close();
            if (System.nanoTime() - connectedAt > HELD_NANOS) {
                backoff.reset();
            }
        }
    }

    /** Ends the connection; a reader that waits gets no more events. */
    @Override
    public void close() {
        closed = true;
        Http.Opened known = connection;
        if (known != null) {
            known.close();
        }
    }
}
