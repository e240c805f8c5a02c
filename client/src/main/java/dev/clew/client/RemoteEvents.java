package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.client.wire.SseEvent;
import dev.clew.messages.MessageChunk;
import dev.clew.state.CheckpointSource;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.Failure;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as readers of a stream get them. */
final class RemoteEvents<O extends @Nullable Object> {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteEvents.class);
    private static final TypeRef<MessageChunk> CHUNK = TypeRef.of(MessageChunk.class);
    private static final String INTERRUPT = "__interrupt__";

    private final Values<O> values;
    private final Results<O> results;

    RemoteEvents(Results<O> results) {
        this.results = results;
        this.values = results.values();
    }

    /** What a server's event says; nothing for those that say nothing of the run. */
    List<StreamEvent> of(SseEvent event) {
        return switch (event.name()) {
            case "values" -> value(event);
            case "updates" -> updates(event);
            case "custom" ->
                List.of(new StreamEvent.Custom("", path(event), event.data().value(), false));
            case "messages" -> message(event).stream().toList();
            case "tasks" -> List.of(task(event, event.data()));
            case "checkpoints" -> List.of(checkpoint(event.data()));
            case "debug" -> debug(event).stream().toList();
            case "error" -> {
                // What a run failed with is thrown at the end; a gap in the stream ends nothing.
                if (event.data().text("error").filter("EventsDropped"::equals).isPresent()) {
                    LOG.warn("the server dropped events of a stream that are not stored; the stored ones are complete");
                }
                yield List.of();
            }
            default -> List.of();
        };
    }

    private static String path(SseEvent event) {
        return String.join("/", event.namespace());
    }

    private static String path(SseEvent event, String name) {
        return event.namespace().isEmpty() ? name : path(event) + "/" + name;
    }

    private List<StreamEvent> value(SseEvent event) {
        if (!event.namespace().isEmpty()) {
            return List.of();
        }
        Doc data = event.data();
        List<StreamEvent> events = new ArrayList<>();
        Doc own = data.has(INTERRUPT) ? data.without(INTERRUPT) : data;
        if (!data.has(INTERRUPT) || !own.members().isEmpty()) {
            events.add(new StreamEvent.Value(typed(own), false));
        }
        if (data.has(INTERRUPT)) {
            events.add(new StreamEvent.Interrupted(StreamMode.VALUES, questions(data.get(INTERRUPT))));
        }
        return events;
    }

    /** A value between two steps need not be complete; then it is plain data. */
    private @Nullable Object typed(Doc value) {
        try {
            return values.readState(value);
        } catch (CodecException incomplete) {
            return value.value();
        }
    }

    private List<StreamEvent.Question> questions(Doc items) {
        return results.questions(items.items()).stream()
                .map(question ->
                        new StreamEvent.Question(question.id(), question.name(), question.path(), question.value()))
                .toList();
    }

    private List<StreamEvent> updates(SseEvent event) {
        List<StreamEvent> events = new ArrayList<>();
        boolean cached = event.data().get("__metadata__").get("cached").value() instanceof Boolean said && said;
        event.data().members().forEach((name, update) -> {
            if (name.equals(INTERRUPT)) {
                events.add(new StreamEvent.Interrupted(StreamMode.UPDATES, questions(new Doc(update))));
            } else if (!name.equals("__metadata__")) {
                events.add(new StreamEvent.Update(name, path(event, name), update, cached, false));
            }
        });
        return events;
    }

    private Optional<StreamEvent> message(SseEvent event) {
        List<Doc> parts = event.data().items();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Doc about = parts.size() > 1 ? parts.get(1) : Doc.NOTHING;
        String node = about.text("langgraph_node").orElse("");
        return chunk(values.codec(), parts.get(0))
                .map(chunk -> new StreamEvent.Message(
                        node,
                        path(event, node),
                        about.text("checkpoint_ns").orElse(node),
                        about.number("langgraph_step", 0),
                        1,
                        chunk,
                        false,
                        null));
    }

    private static Optional<MessageChunk> chunk(Codec codec, Doc sent) {
        try {
            return Optional.ofNullable(codec.decode(sent.json(), CHUNK));
        } catch (CodecException other) {
            return sent.text("content").map(MessageChunk::text);
        }
    }

    @SuppressWarnings("NullAway") // an argument may be null
    private StreamEvent task(SseEvent event, Doc data) {
        String id = data.text("id").orElse("");
        String name = data.text("name").orElse("");
        String path = path(event, name);
        if (data.has("result") || data.has("error")) {
            Doc error = data.get("error");
            return new StreamEvent.TaskEnded(
                    id,
                    name,
                    path,
                    result(data.get("result")),
                    error.isNull() ? null : failure(error),
                    questions(data.get("interrupts")),
                    false);
        }
        Doc input = data.get("input");
        // A task's arguments come as a list of them and a map of the named ones.
        List<@Nullable Object> arguments = new ArrayList<>();
        if (input.items().size() == 2 && input.items().get(1).isObject()) {
            input.items().get(0).items().forEach(argument -> arguments.add(argument.value()));
        } else {
            arguments.add(input.value());
        }
        return new StreamEvent.TaskStarted(id, name, path, arguments, 1, false);
    }

    private static @Nullable Object result(Doc result) {
        for (String only : List.of("__return__", "__end__")) {
            if (result.members().size() == 1 && result.has(only)) {
                return result.get(only).value();
            }
        }
        return result.value();
    }

    private static Failure failure(Doc error) {
        String text = error.text().orElse("");
        return new Failure(
                List.of(error.text("error").orElse("Error")),
                error.text("message").orElse(text.isEmpty() ? null : text),
                "",
                1,
                null);
    }

    private StreamEvent checkpoint(Doc data) {
        Doc metadata = data.get("metadata");
        Map<String, String> texts = new LinkedHashMap<>();
        metadata.members().forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        CheckpointSource source = RemoteStates.source(metadata);
        return new StreamEvent.Checkpointed(
                id(data, "checkpoint", "config").orElse(""),
                id(data, "parent_checkpoint", "parent_config").orElse(null),
                source,
                metadata.number("step", -1),
                data.time("created_at").orElse(Instant.EPOCH),
                typed(data.get("values")),
                texts,
                false);
    }

    private static Optional<String> id(Doc data, String checkpoint, String config) {
        return data.get(checkpoint)
                .text("checkpoint_id")
                .or(() -> data.get(config).get("configurable").text("checkpoint_id"));
    }

    private Optional<StreamEvent> debug(SseEvent event) {
        Doc payload = event.data().get("payload");
        String type = event.data().text("type").orElse("");
        Optional<StreamEvent> inner = switch (type) {
            case "task", "task_result" -> Optional.of(task(event, payload));
            case "checkpoint" -> Optional.of(checkpoint(payload));
            default -> Optional.empty();
        };
        return inner.map(told -> new StreamEvent.Debug(
                event.data().number("step", 0), event.data().time("timestamp").orElse(Instant.EPOCH), told));
    }
}
