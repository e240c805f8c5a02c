package dev.clew.server.metrics;

import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.Frames;
import dev.clew.server.kernel.Kernel;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts requests by route and status, how long they took, and the streams that are open. Thread-safe. */
public final class Meters {
    private static final List<Double> SECONDS = List.of(0.001, 0.005, 0.025, 0.1, 0.5, 2.0, 10.0);

    private final Kernel.Faults faults;
    private final Map<Map<String, String>, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<Map<String, String>, Histogram> durations = new ConcurrentHashMap<>();
    private final LongAdder streams = new LongAdder();

    /** @param faults says which status an exception is answered with */
    public Meters(Kernel.Faults faults) {
        this.faults = faults;
    }

    /** The same route, counted. */
    public Route counted(Route route) {
        return new Route(route.method(), route.pattern(), route.operation(), request -> {
            long began = System.nanoTime();
            int status = 500;
            try {
                Reply reply = route.handler().handle(request);
                status = reply.status();
                if (reply instanceof Reply.Awaited awaited) {
                    status = 0;
                    return counted(route, awaited, began);
                }
                return reply instanceof Reply.Events events ? counted(events) : reply;
            } catch (ApiRefusal refused) {
                status = refused.status();
                throw refused;
            } catch (RuntimeException thrown) {
                status = faults.refusal(thrown).map(ApiRefusal::status).orElse(500);
                throw thrown;
            } finally {
                if (status != 0) {
                    count(route, status, System.nanoTime() - began);
                }
            }
        });
    }

    private Reply counted(Route route, Reply.Awaited awaited, long began) {
        return new Reply.Awaited(awaited.headers(), awaited.reply().whenComplete((reply, failed) -> {
            int status = reply == null ? 500 : reply.status();
            count(route, status, System.nanoTime() - began);
        }));
    }

    private void count(Route route, int status, long nanos) {
        Map<String, String> where = Map.of("method", route.method(), "route", route.pattern());
        Map<String, String> how =
                Map.of("method", route.method(), "route", route.pattern(), "status", Integer.toString(status));
        requests.computeIfAbsent(how, first -> new LongAdder()).increment();
        durations.computeIfAbsent(where, first -> new Histogram(SECONDS)).took(nanos);
    }

    private Reply counted(Reply.Events events) {
        streams.increment();
        return events.of(new Counted(events.frames(), streams));
    }

    /** Frames that count as one open stream until they are closed. */
    private static final class Counted implements Frames {
        private final Frames frames;
        private final LongAdder open;
        private final AtomicBoolean closed = new AtomicBoolean();

        Counted(Frames frames, LongAdder open) {
            this.frames = frames;
            this.open = open;
        }

        @Override
        public byte @Nullable [] next() {
            return frames.next();
        }

        @Override
        public boolean isOver() {
            return frames.isOver();
        }

        @Override
        public void onMore(Runnable reader) {
            frames.onMore(reader);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                open.decrement();
            }
            frames.close();
        }
    }

    /** Writes what was counted. */
    public void write(Exposition text) {
        text.family("clew_http_requests_total", "counter", "Requests that were answered.");
        requests.forEach((labels, count) -> text.sample("clew_http_requests_total", labels, count.sum()));
        text.family("clew_http_request_seconds", "histogram", "Time until an answer began.");
        durations.forEach((labels, took) -> took.write(text, "clew_http_request_seconds", labels));
        text.family("clew_streams_open", "gauge", "Streams that clients read.");
        text.sample("clew_streams_open", Map.of(), streams.sum());
    }
}
