package dev.clew.client.wire;

import java.util.List;

/**
 * One event of a stream.
 *
 * @param id where it is in its stream; empty if the server gave none
 * @param name its kind, such as {@code values}
 * @param namespace the steps inside of which it happened, from outside to inside
 */
public record SseEvent(String id, String name, List<String> namespace, Doc data) {
    static SseEvent of(String id, String event, Doc data) {
        List<String> parts = List.of(event.split("\\|", -1));
        return new SseEvent(id, parts.get(0), parts.subList(1, parts.size()), data);
    }

    @Override
    public String toString() {
        return "SseEvent[" + id + " " + name + "]";
    }
}
