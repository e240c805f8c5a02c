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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of all runs of a thread, as the thread protocol sends them. Used by one thread at a time. */
public final class ThreadFrames implements Frames {
    private final FeedReader reader;
    private final Subject subject;
    private final Wanted wanted;
    private final Queue<byte[]> ready = new ArrayDeque<>();
    private final MessageFrames messages =
            new MessageFrames((path, name, data) -> sendNode("messages", path, name, data));
    private FeedEntry entry = new FeedEntry(0, Instant.EPOCH, new FeedEvent.Gap());
    private final long after;
    private int part;

    /**
     * What is streamed.
     *
     * @param runs gives the id of the thread's run with a number
     * @param graphs gives the name of the thread's workflow
     */
    public record Subject(String threadId, Runs runs, Supplier<String> graphs) {}

    /** Finds runs by their number. */
    @FunctionalInterface
    public interface Runs {
        @Nullable
        String id(int number);
    }

    /**
     * What a client asks for.
     *
     * @param channels kinds of events
     * @param namespaces prefixes, one of which an event must have; empty for any
     * @param depth how far below a prefix; negative for any
     */
    public record Wanted(Set<String> channels, List<List<String>> namespaces, int depth) {
        boolean has(String channel, @Nullable String name, List<String> namespace) {
            boolean asked = channels.contains(channel) || name != null && channels.contains(channel + ":" + name);
            return asked && (namespaces.isEmpty() || namespaces.stream().anyMatch(prefix -> fits(prefix, namespace)));
        }

        private boolean fits(List<String> prefix, List<String> namespace) {
            if (namespace.size() < prefix.size() || depth >= 0 && namespace.size() - prefix.size() > depth) {
                return false;
            }
            for (int i = 0; i < prefix.size(); i++) {
                String segment = namespace.get(i);
                boolean same = segment.equals(prefix.get(i))
                        || segment.substring(0, segment.lastIndexOf(':')).equals(prefix.get(i));
                if (!same) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param after the position after which the client reads on */
    public ThreadFrames(FeedReader reader, long after, Subject subject, Wanted wanted) {
        this.reader = reader;
        this.after = after;
        this.subject = subject;
        this.wanted = wanted;
    }

    @Override
    public byte @Nullable [] next() {
        while (ready.isEmpty()) {
            FeedEntry next = reader.next();
            if (next == null) {
                return null;
            }
            entry = next;
            part = 0;
            tell(next.event());
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
    }

    // --- what is told ---

    private void tell(FeedEvent event) {
        if (event instanceof FeedEvent.Began began) {
            began(began);
        } else if (event instanceof FeedEvent.Started started) {
            started(started);
        } else if (event instanceof FeedEvent.Ended ended) {
            ended(ended);
        } else if (event instanceof FeedEvent.Emitted emitted) {
            ObjectNode data = Json.object();
            data.set("payload", emitted.value());
            send("custom", emitted.path(), data);
        } else if (event instanceof FeedEvent.Piece piece) {
            messages.add(piece);
        } else if (event instanceof FeedEvent.Voided voided) {
            messages.voided(voided);
        } else if (event instanceof FeedEvent.Values values) {
            send("values", "", values.values());
        } else if (event instanceof FeedEvent.Asked asked) {
            asked(asked);
        } else if (event instanceof FeedEvent.Answered answered) {
            ObjectNode data = Json.object();
            data.set("interrupt_ids", Json.of(answered.ids()));
            sendAs("input", "input.answered", "", data, null);
        } else if (event instanceof FeedEvent.Gap) {
            ObjectNode data = Json.object();
            ObjectNode payload = Json.object();
            payload.put("dropped", true);
            data.set("payload", payload);
            data.put("name", "gap");
            send("custom", "", data);
        } else if (event instanceof FeedEvent.Rested rested) {
            rested(rested);
        }
    }

    private void began(FeedEvent.Began began) {
        lifecycle(began.requestId(), "running", Json.object());
    }

    private void lifecycle(String requestId, String event, ObjectNode more) {
        ObjectNode data = Json.object();
        data.put("event", event);
        data.put("graph_name", subject.graphs().get());
        more.properties().forEach(member -> data.set(member.getKey(), member.getValue()));
        String id = "synth:" + requestId + ":lc||" + event + "|" + FeedPosition.id(entry.position());
        sendAs("lifecycle", "lifecycle", "", data, id);
    }

    private void started(FeedEvent.Started started) {
        StepKind kind = started.kind();
        if (kind == StepKind.CHILD) {
            child(started.path(), started.name(), "started");
        }
        if (kind != null && kind != StepKind.TASK && kind != StepKind.NODE && kind != StepKind.CHILD) {
            return;
        }
        ObjectNode data = Json.object();
        data.put("id", step(started.path()));
        data.put("name", started.name());
        data.set("input", started.input() == null ? Json.nothing() : started.input());
        data.set("triggers", Json.array());
        data.set("interrupts", Json.array());
        send("tasks", started.path(), data);
    }

    private void child(String path, String name, String event) {
        ObjectNode data = Json.object();
        data.put("event", event);
        data.put("graph_name", name);
        List<String> namespace = new ArrayList<>(namespace(path));
        namespace.add(name + ":" + step(path));
        sendIn("lifecycle", "lifecycle", namespace, data, null);
    }

    private void ended(FeedEvent.Ended ended) {
        StepKind kind = ended.kind();
        if (kind != StepKind.TASK && kind != StepKind.NODE && kind != StepKind.CHILD) {
            return;
        }
        messages.ended(ended.path());
        JsonNode result = ended.result();
        if (result != null) {
            JsonNode shown = kind == StepKind.NODE ? NodeUpdates.of(result) : result;
            JsonNode update = shown;
            if (!shown.isObject() && !shown.isNull()) {
                ObjectNode wrapped = Json.object();
                wrapped.set("value", shown);
                update = wrapped;
            }
            sendNode("updates", ended.path(), ended.name(), update);
        }
        ObjectNode data = Json.object();
        data.put("id", step(ended.path()));
        data.put("name", ended.name());
        data.set("error", ended.error() == null ? Json.nothing() : ended.error());
        data.set("result", result == null ? Json.object() : result);
        data.set("interrupts", Json.array());
        send("tasks", ended.path(), data);
        if (kind == StepKind.CHILD) {
            child(ended.path(), ended.name(), ended.error() == null ? "completed" : "failed");
        }
    }

    private void asked(FeedEvent.Asked asked) {
        ObjectNode data = asked.question().deepCopy();
        data.put("interrupt_id", asked.id());
        String runId = subject.runs().id(FeedPosition.run(entry.position()));
        String id = "synth:" + runId + ":input||" + asked.id();
        sendAs("input", "input.requested", "", data, id);
    }

    private void rested(FeedEvent.Rested rested) {
        FeedEvent.End end = rested.end();
        if (end instanceof FeedEvent.End.Completed completed) {
            if (completed.result().isObject() || !completed.result().isNull()) {
                sendNode("updates", "", subject.graphs().get(), object(completed.result()));
            }
            send("values", "", completed.values());
            lifecycle(rested.requestId(), "completed", Json.object());
        } else if (end instanceof FeedEvent.End.Paused paused) {
            send("values", "", paused.values());
            lifecycle(rested.requestId(), "interrupted", Json.object());
        } else if (end instanceof FeedEvent.End.Failed failed) {
            ObjectNode more = Json.object();
            JsonNode message = failed.error().get("message");
            more.set("error", message == null ? Json.text("failed") : message);
            lifecycle(rested.requestId(), "failed", more);
        } else {
            lifecycle(rested.requestId(), "interrupted", Json.object());
        }
    }

    private static JsonNode object(JsonNode value) {
        if (value.isObject()) {
            return value;
        }
        ObjectNode wrapped = Json.object();
        wrapped.set("value", value);
        return wrapped;
    }

    // --- sending ---

    private List<String> namespace(String path) {
        return Paths.namespace(subject.threadId(), run(), path);
    }

    private String run() {
        return String.valueOf(subject.runs().id(FeedPosition.run(entry.position())));
    }

    private String step(String path) {
        return NameUuid.ofStep(subject.threadId(), run(), path);
    }

    private void send(String channel, String path, JsonNode data) {
        sendAs(channel, channel, path, data, null);
    }

    private void sendNode(String channel, String path, String node, JsonNode data) {
        sendIn(channel, channel, namespace(path), data, null, node);
    }

    private void sendAs(String channel, String method, String path, JsonNode data, @Nullable String eventId) {
        sendIn(channel, method, namespace(path), data, eventId);
    }

    private void sendIn(
            String channel, String method, List<String> namespace, JsonNode data, @Nullable String eventId) {
        sendIn(channel, method, namespace, data, eventId, null);
    }

    private void sendIn(
            String channel,
            String method,
            List<String> namespace,
            JsonNode data,
            @Nullable String eventId,
            @Nullable String node) {
        long place = entry.position() + Math.min(part++, FeedPosition.PARTS - 1);
        JsonNode name = data.get("name");
        if (place <= after
                || !wanted.has(channel, name == null || !name.isString() ? null : name.stringValue(), namespace)) {
            return;
        }
        String id = FeedPosition.id(place);
        ObjectNode params = Json.object();
        ArrayNode inside = Json.array();
        namespace.forEach(inside::add);
        params.set("namespace", inside);
        params.put("timestamp", entry.at().toEpochMilli());
        if (node != null) {
            params.put("node", node);
        }
        params.set("data", data);
        ObjectNode event = Json.object();
        event.put("type", "event");
        event.put("event_id", eventId == null ? id : eventId);
        event.put("seq", place);
        event.put("method", method);
        event.set("params", params);
        ready.add(frame(channel, method, event, id));
    }

    /** Those of messages depend on where the reader began. */
    private byte[] frame(String channel, String method, ObjectNode event, String id) {
        if (channel.equals("messages") || !SseFrame.isLarge(event)) {
            return SseFrame.of(method, event, id);
        }
        String what = "thread " + subject.threadId() + " " + method + " " + id;
        return reader.shared().frame(entry, what, () -> SseFrame.of(method, event, id));
    }
}
