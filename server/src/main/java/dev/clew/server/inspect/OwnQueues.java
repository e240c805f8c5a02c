package dev.clew.server.inspect;

import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Decision;
import dev.clew.server.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The queues as somebody sees them who may see some threads: what is waiting of these, and nothing of others or of workers. */
record OwnQueues(Parts parts, Gate gate) {
    private static final RequestState[] SHOWN = {
        RequestState.DELAYED, RequestState.READY, RequestState.WAITING, RequestState.TAKEN, RequestState.HELD
    };

    /** How many pages of requests are looked through: most may be those of others. */
    private static final int MOST_PAGES = 10;

    private static final int MOST_ROWS = 100;

    ArrayNode queues(Decision decision) {
        Map<String, List<RequestRow>> byQueue = new TreeMap<>();
        rows(decision)
                .forEach(row -> byQueue.computeIfAbsent(row.request().queue(), name -> new ArrayList<>())
                        .add(row));
        ArrayNode queues = Json.array();
        byQueue.forEach((name, rows) -> queues.add(queue(name, rows)));
        return queues;
    }

    private List<RequestRow> rows(Decision decision) {
        List<RequestRow> own = new ArrayList<>();
        QueueQuery next = QueueQuery.all().state(SHOWN);
        for (int i = 0; i < MOST_PAGES; i++) {
            List<RequestRow> page = parts.operator().requests(next);
            page.stream()
                    .filter(row -> gate.find(decision, row.request().threadId()).isPresent())
                    .forEach(own::add);
            if (page.size() < next.limit()) {
                break;
            }
            next = next.after(page.get(page.size() - 1));
        }
        return own;
    }

    private static ObjectNode queue(String name, List<RequestRow> rows) {
        ObjectNode queue = Json.object();
        queue.put("name", name);
        ObjectNode counts = Json.object();
        for (RequestState state : SHOWN) {
            counts.put(
                    InspectThreads.word(state),
                    rows.stream().filter(row -> row.state() == state).count());
        }
        queue.set("counts", counts);
        Instant oldest = rows.stream()
                .filter(row -> row.state() == RequestState.READY)
                .map(RequestRow::enqueuedAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
        queue.set("oldest", Json.time(oldest));
        queue.set("untaken", Json.array());
        ArrayNode held = Json.array();
        ArrayNode running = Json.array();
        rows.stream().limit(MOST_ROWS).forEach(row -> {
            if (row.state() == RequestState.HELD) {
                held.add(InspectThread.request(row));
            } else if (row.state() == RequestState.TAKEN || row.state() == RequestState.READY) {
                running.add(InspectThread.request(row));
            }
        });
        queue.set("held", held);
        queue.set("running", running);
        return queue;
    }
}
