package dev.clew.server.wire;

import dev.clew.server.catalog.NameUuid;
import dev.clew.server.feed.FeedEntry;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.feed.FeedPosition;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.feed.Paths;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.Frames;
import dev.clew.state.StepKind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of one request, as the run endpoints send them. Used by one thread at a time. */
public final class RunFrames implements Frames {
    private final FeedReader reader;
    private final Subject subject;
    private final Set<String> modes;
    private final boolean subgraphs;
    private final Runnable closed;
    private final Queue<byte[]> ready = new ArrayDeque<>();
    private final RunMessages messages;
    private final long after;
    private @Nullable FeedEntry present;
    private long position;
    private int part;

    /**
     * What is streamed.
     *
     * @param graphId the workflow's name
     * @param assistantId the assistant that it is
     * @param isGraph whether it is a graph, which consists of its nodes
     */
    public record Subject(
            String threadId, String runId, String requestId, String graphId, String assistantId, boolean isGraph) {}

    /**
     * Frames of what a reader reads.
     *
     * @param after the position after which the client reads on
     * @param modes which events are wanted
     * @param subgraphs whether those of child workflows and inner graphs are wanted, too
     * @param closed called when nothing more is taken
     */
    public RunFrames(
            FeedReader reader, long after, Subject subject, Set<String> modes, boolean subgraphs, Runnable closed) {
        this.reader = reader;
        this.after = after;
        this.subject = subject;
        this.modes = modes;
        this.subgraphs = subgraphs;
        this.closed = closed;
        this.messages = new RunMessages(subject, modes, this::sendAs);
    }

    @Override
    public byte @Nullable [] next() {
        while (ready.isEmpty()) {
            FeedEntry entry = reader.next();
            if (entry == null) {
                return null;
            }
            present = entry;
            position = entry.position();
            part = 0;
            tell(entry);
        }
        return ready.poll();
    }

    @Override
    public boolean isOver() {
        return ready.isEmpty() && reader.isOver();
    }

    @Override
    public void onMore(Runnable waiting) {
        reader.onMore(waiting);
    }

    @Override
    public void close() {
        reader.close();
        closed.run();
    }

    // --- what is told ---

    private void tell(FeedEntry entry) {
        FeedEvent event = entry.event();
        if (event instanceof FeedEvent.Began began) {
            began(began);
        } else if (event instanceof FeedEvent.Started started) {
            started(started);
        } else if (event instanceof FeedEvent.Ended ended) {
            ended(ended);
        } else if (event instanceof FeedEvent.Emitted emitted) {
            send("custom", emitted.path(), emitted.value());
        } else if (event instanceof FeedEvent.Piece piece) {
            messages.add(piece);
        } else if (event instanceof FeedEvent.Voided voided) {
            messages.voided(voided);
        } else if (event instanceof FeedEvent.Values values) {
            if (!Json.isSame(values.values(), lastValues)) {
                send("values", "", values.values());
            }
        } else if (event instanceof FeedEvent.Gap) {
            add("error", error("EventsDropped", "events that are not stored were dropped here"));
        } else if (event instanceof FeedEvent.Rested rested) {
            rested(rested.end());
        }
    }

    private void began(FeedEvent.Began began) {
        ObjectNode data = Json.object();
        data.put("run_id", subject.requestId());
        data.put("attempt", 1);
        data.put("thread_id", subject.threadId());
        add("metadata", data);
        if (began.values() != null) {
            send("values", "", began.values());
        }
    }

    private void started(FeedEvent.Started started) {
        boolean isGraphItself = subject.isGraph() && started.path().isEmpty();
        if (isGraphItself || !isStep(started.kind())) {
            return;
        }
        ObjectNode data = Json.object();
        data.put("id", step(started.path()));
        data.put("name", started.name());
        data.set("input", input(started));
        data.set("triggers", Json.array().add(trigger(started)));
        data.set("interrupts", Json.array());
        ObjectNode metadata = Json.object();
        metadata.put("graph_id", subject.graphId());
        metadata.put("assistant_id", subject.assistantId());
        metadata.put("run_id", subject.requestId());
        metadata.put("run_attempt", 1);
        data.set("metadata", metadata);
        send("tasks", started.path(), data);
        debug(started.path(), "task", data);
    }

    private static JsonNode input(FeedEvent.Started started) {
        JsonNode input = started.input();
        if (input == null) {
            return Json.nothing();
        }
        boolean arguments = started.kind() == StepKind.TASK;
        return arguments ? Json.array().add(input).add(Json.object()) : input;
    }

    private static String trigger(FeedEvent.Started started) {
        return started.path().isEmpty()
                ? "__start__"
                : started.kind() == StepKind.NODE ? "branch:to:" + started.name() : "__pregel_push";
    }

    private void ended(FeedEvent.Ended ended) {
        if (!isStep(ended.kind())) {
            return;
        }
        messages.ended(ended.path());
        JsonNode result = ended.result();
        if (result != null) {
            ObjectNode update = Json.object();
            update.set(ended.name(), ended.kind() == StepKind.NODE ? NodeUpdates.of(result) : result);
            if (ended.cached()) {
                ObjectNode metadata = Json.object();
                metadata.put("cached", true);
                update.set("__metadata__", metadata);
            }
            send("updates", ended.path(), update);
        }
        ObjectNode data = Json.object();
        data.put("id", step(ended.path()));
        data.put("name", ended.name());
        data.set("error", ended.error() == null ? Json.nothing() : ended.error());
        data.set("result", shown(ended));
        data.set("interrupts", Json.array());
        send("tasks", ended.path(), data);
        debug(ended.path(), "task_result", data);
    }

    private static JsonNode shown(FeedEvent.Ended ended) {
        JsonNode result = ended.result();
        if (result == null) {
            return Json.object();
        }
        if (ended.kind() == StepKind.NODE) {
            return NodeUpdates.of(result);
        }
        ObjectNode returned = Json.object();
        returned.set("__return__", result);
        return returned;
    }

    private static boolean isStep(@Nullable StepKind kind) {
        return kind == null || kind == StepKind.TASK || kind == StepKind.NODE || kind == StepKind.CHILD;
    }

    private void rested(FeedEvent.End end) {
        if (end instanceof FeedEvent.End.Completed completed) {
            completed(completed);
        } else if (end instanceof FeedEvent.End.Paused paused) {
            paused(paused);
        } else if (end instanceof FeedEvent.End.Failed failed) {
            failed(failed);
        }
    }

    private void completed(FeedEvent.End.Completed completed) {
        if (!subject.isGraph()) {
            ObjectNode update = Json.object();
            update.set(subject.graphId(), completed.result());
            send("updates", "", update);
            ObjectNode end = Json.object();
            end.set("__end__", completed.result());
            ObjectNode data = root(Json.nothing(), end, Json.array());
            send("tasks", "", data);
            debug("", "task_result", data);
        }
        if (!Json.isSame(lastValues, completed.values())) {
            send("values", "", completed.values());
        }
    }

    private ObjectNode lastValues = Json.object();

    private void paused(FeedEvent.End.Paused paused) {
        ArrayNode questions = paused.questions();
        if (!questions.isEmpty()) {
            ObjectNode update = Json.object();
            update.set("__interrupt__", questions);
            send("updates", "", update);
        }
        ObjectNode values = Json.object();
        values.setAll(paused.values());
        if (!questions.isEmpty()) {
            values.set("__interrupt__", questions);
        }
        send("values", "", values);
        if (!subject.isGraph()) {
            send("tasks", "", root(Json.nothing(), Json.object(), questions));
        }
    }

    private void failed(FeedEvent.End.Failed failed) {
        if (!subject.isGraph()) {
            ObjectNode data = root(failed.error(), Json.object(), Json.array());
            send("tasks", "", data);
            debug("", "task_result", data);
        }
        add("error", failed.error());
    }

    /** The end of the task that a workflow without nodes is. */
    private ObjectNode root(JsonNode error, ObjectNode result, ArrayNode questions) {
        ObjectNode data = Json.object();
        data.put("id", step(""));
        data.put("name", subject.graphId());
        data.set("error", error);
        data.set("result", result);
        data.set("interrupts", questions);
        return data;
    }

    // --- errors ---

    private static ObjectNode error(String error, String message) {
        ObjectNode object = Json.object();
        object.put("error", error);
        object.put("message", message);
        return object;
    }

    // --- sending ---

    private void debug(String path, String type, JsonNode payload) {
        if (modes.contains("debug")) {
            ObjectNode data = Json.object();
            data.put("type", type);
            data.set("payload", payload);
            sendAs("debug", path, data);
        }
    }

    private void send(String mode, String path, JsonNode data) {
        if (mode.equals("values") && data instanceof ObjectNode values) {
            lastValues = values;
        }
        if (modes.contains(mode)) {
            sendAs(mode, path, data);
        }
    }

    private void sendAs(String event, String path, JsonNode data) {
        List<String> inside = Paths.namespace(subject.threadId(), subject.runId(), path);
        if (inside.isEmpty()) {
            add(event, data);
        } else if (subgraphs) {
            add(event + "|" + String.join("|", inside), data);
        }
    }

    /** Each frame has a place of its own, so that a client can read on after any of them. */
    private void add(String event, JsonNode data) {
        long place = position + Math.min(part++, FeedPosition.PARTS - 1);
        if (place > after) {
            ready.add(frame(event, data, place));
        }
    }

    /** Those of messages depend on where the reader began. */
    private byte[] frame(String event, JsonNode data, long place) {
        String id = FeedPosition.id(place);
        if (present == null || event.startsWith("messages") || !SseFrame.isLarge(data)) {
            return SseFrame.of(event, data, id);
        }
        String what = "run " + subject.requestId() + " " + event + " " + id;
        return reader.shared().frame(present, what, () -> SseFrame.of(event, data, id));
    }

    private String step(String path) {
        return NameUuid.ofStep(subject.threadId(), subject.runId(), path);
    }
}
