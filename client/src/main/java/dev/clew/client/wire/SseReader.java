package dev.clew.client.wire;

import dev.clew.value.CodecException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events from one connection, for one thread. */
final class SseReader {
    private final BufferedReader lines;

    SseReader(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Waits for the next event; null at the end. An event that the end cuts off is dropped. */
    @Nullable
    SseEvent next() throws IOException {
        String id = "";
        String event = "message";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (any) {
                    return SseEvent.of(id, event, parsed(data.toString()));
                }
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "id" -> id = value;
                case "event" -> {
                    event = value;
                    any = true;
                }
                case "data" -> {
                    data.append(any && data.length() > 0 ? "\n" : "").append(value);
                    any = true;
                }
                default -> {}
            }
        }
        return null;
    }

    private static Doc parsed(String data) throws IOException {
        try {
            return data.isEmpty() ? Doc.NOTHING : Doc.parse(data);
        } catch (CodecException noJson) {
            throw new IOException("an event has no JSON as its data", noJson);
        }
    }
}
