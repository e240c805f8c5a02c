package dev.clew.server.feed;

import dev.clew.messages.MessageIds;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.view.Scalars;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What is heard of a run that is in no log, as events of its feed. */
record LiveEvents(Served served) {
    /** Whether events of this mode have something that is in no log. */
    static boolean hears(StreamMode mode) {
        return mode == StreamMode.CUSTOM
                || mode == StreamMode.MESSAGES
                || mode == StreamMode.TASKS
                || mode == StreamMode.VALUES;
    }

    /** An event of a feed; null for what is in the log, or says nothing new. */
    @Nullable
    FeedEvent of(StreamEvent event) {
        if (event instanceof StreamEvent.Custom custom) {
            return new FeedEvent.Emitted(custom.path(), plain(custom.value()));
        } else if (event instanceof StreamEvent.Message piece) {
            String id = piece.chunk().id();
            String messageId = id == null ? MessageIds.ofAttempt(piece.stepId(), piece.attempt()) : id;
            return new FeedEvent.Piece(piece.path(), piece.name(), piece.step(), messageId, piece.chunk());
        } else if (event instanceof StreamEvent.MessageVoided voided) {
            return new FeedEvent.Voided(voided.path(), voided.name(), voided.messageId());
        } else if (event instanceof StreamEvent.TaskStarted started && !started.replayed()) {
            return new FeedEvent.Started(
                    started.path(),
                    started.path().isEmpty() ? served.graphId() : started.name(),
                    started.path().isEmpty() ? null : Paths.kind(started.path()),
                    input(started));
        } else if (event instanceof StreamEvent.Value value && served.graph().isPresent()) {
            Object state = value.value();
            return state == null ? null : new FeedEvent.Values(Scalars.object(served.state(state)));
        }
        return null;
    }

    private JsonNode input(StreamEvent.TaskStarted started) {
        if (started.path().isEmpty()) {
            return started.input().isEmpty()
                    ? Json.object()
                    : plain(started.input().get(0));
        }
        ArrayNode arguments = Json.array();
        started.input().forEach(argument -> arguments.add(plain(argument)));
        return arguments;
    }

    private JsonNode plain(@Nullable Object value) {
        if (value == null) {
            return Json.nothing();
        }
        return Json.of(served.codec().decodePlain(served.codec().encode(value, TypeRef.of(value.getClass()))));
    }
}
