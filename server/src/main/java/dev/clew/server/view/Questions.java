package dev.clew.server.view;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.server.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions as clients read them. Clients of one language read {@code value}, those of another {@code payload}. */
public final class Questions {
    private Questions() {}

    public static ArrayNode of(List<? extends PendingInterrupt<?, ?>> pending) {
        ArrayNode all = Json.array();
        pending.forEach(question -> all.add(of(question)));
        return all;
    }

    public static ObjectNode of(PendingInterrupt<?, ?> question) {
        return of(
                question.id(),
                question.name(),
                Json.of(question.value()),
                question.answerSchema().orElse(null),
                question.deadline().orElse(null));
    }

    public static ObjectNode of(
            String id, String name, JsonNode value, @Nullable String schema, @Nullable Instant deadline) {
        ObjectNode item = Json.object();
        item.set("value", value);
        item.set("payload", value);
        item.put("id", id);
        item.put("name", name);
        item.set("response_schema", schema == null ? Json.nothing() : Schemas.of(schema));
        if (deadline != null) {
            item.set("deadline", Json.time(deadline));
        }
        return item;
    }
}
