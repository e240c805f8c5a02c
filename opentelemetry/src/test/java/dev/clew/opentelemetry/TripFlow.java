package dev.clew.opentelemetry;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Books a trip that somebody confirms. */
class TripFlow {
    static final InterruptKey<String, Boolean> CONFIRM = InterruptKey.of("confirm", String.class, Boolean.class);

    private final Tracer client;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param client a library that is instrumented, and that tasks use */
    TripFlow(Tracer client) {
        this.client = client;
    }

    @Task
    String search(String town) {
        client.spanBuilder("GET /hotels").startSpan().end();
        return "hotel in " + town;
    }

    @Task(retry = @Retry(maxAttempts = 2, initialInterval = "PT0.001S"))
    String book(String hotel) throws IOException {
        if (calls.incrementAndGet() == 1) {
            throw new IOException("busy");
        }
        return "booked " + hotel;
    }

    @Entrypoint
    String trip(String town, TripFlowTasks tasks, Run run) {
        String hotel = tasks.search(town).join();
        boolean isConfirmed = run.interrupt(CONFIRM, hotel);
        return isConfirmed ? tasks.book(hotel).join() : "nothing";
    }
}
