package dev.clew.server.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Sends the requests of one transcript and compares each answer with the recorded one. */
final class Replay {
    private static final JsonMapper JSON = new JsonMapper();

    /** The recorded server looks at its queue once a second, and the recording waited for that; ours starts at once. */
    private static final int LONGEST_SLEEP = 700;

    private static final int LONGEST_READ = 3500;

    private final boolean patient;

    /** An answer as it came. */
    private record Answer(int status, Map<String, List<String>> headers, String body) {}

    /** A difference with the number of its step. */
    record Found(int step, String request, Difference difference) {
        @Override
        public String toString() {
            return "step " + step + " (" + request + ") " + difference;
        }
    }

    private static final ExecutorService READERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "replay");
        thread.setDaemon(true);
        return thread;
    });

    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Bindings bindings = new Bindings();
    private final Map<String, CompletableFuture<Answer>> started = new HashMap<>();
    private final List<Found> found = new ArrayList<>();

    /**
     * A replay against a server.
     *
     * @param patient whether to wait as long as the recording did
     */
    Replay(URI server, boolean patient) {
        this.server = server;
        this.patient = patient;
    }

    /** Runs all steps and returns what differs. */
    List<Found> run(Transcript transcript) throws Exception {
        for (Transcript.Step step : transcript.steps()) {
            if (step.sleepMillis() > 0) {
                Thread.sleep(patient ? step.sleepMillis() : Math.min(step.sleepMillis(), LONGEST_SLEEP));
            }
            JsonNode request = step.request();
            JsonNode response = step.response();
            if (step.start() != null && request != null) {
                HttpRequest sent = request(request);
                int read = patient ? step.readForMillis() : Math.min(step.readForMillis(), LONGEST_READ);
                started.put(step.start(), CompletableFuture.supplyAsync(() -> send(sent, read), READERS));
            } else if (step.await() != null && response != null) {
                compare(
                        step.number(),
                        step.await(),
                        response,
                        started.get(step.await()).get(60, TimeUnit.SECONDS));
            } else if (request != null && response != null) {
                String name = request.path("method").asString() + " "
                        + request.path("path").asString();
                compare(step.number(), name, response, send(request(request), 0));
            }
        }
        return found;
    }

    private HttpRequest request(JsonNode recorded) {
        String path = bindings.fill(recorded.path("path").asString())
                .replace("[", "%5B")
                .replace("]", "%5D")
                .replace("\"", "%22");
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(60));
        JsonNode body = recorded.path("body");
        JsonNode raw = recorded.path("raw");
        String text = raw.isString() ? raw.stringValue() : body.isMissingNode() ? "" : bindings.fill(body.toString());
        if (!text.isEmpty() && !recorded.at("/headers/content-type").isString()) {
            builder.header("content-type", "application/json");
        }
        for (Map.Entry<String, JsonNode> header : recorded.path("headers").properties()) {
            if (!List.of("host", "connection", "content-length")
                    .contains(header.getKey().toLowerCase())) {
                builder.header(header.getKey(), bindings.fill(header.getValue().asString()));
            }
        }
        return builder.method(
                        recorded.path("method").asString(),
                        text.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(text))
                .build();
    }

    /** Reads to the end, or as long as the recording did; an answer that does not end is cut after ten seconds. */
    private Answer send(HttpRequest request, int recordedMillis) {
        int readForMillis = recordedMillis > 0 ? recordedMillis : 10_000;
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            StringBuilder body = new StringBuilder();
            try (InputStream in = response.body()) {
                CompletableFuture.delayedExecutor(readForMillis, TimeUnit.MILLISECONDS, READERS)
                        .execute(() -> close(in));
                read(in, body);
            }
            return new Answer(response.statusCode(), response.headers().map(), body.toString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request.method() + " " + request.uri() + ": " + e, e);
        }
    }

    private static void read(InputStream in, StringBuilder body) {
        byte[] buffer = new byte[1 << 16];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                body.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException cut) {
            body.append("\n\nevent: cut\ndata: null\n\n");
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compare(int step, String request, JsonNode expected, Answer actual) {
        Comparison comparison = new Comparison(bindings);
        if (expected.path("status").asInt() != actual.status()) {
            String got = actual.status() + " " + actual.body();
            comparison.add("status", "value", expected.path("status").toString(), got);
        } else {
            headers(comparison, expected.path("headers"), actual.headers());
            if (expected.has("events")) {
                List<JsonNode> events = new ArrayList<>();
                expected.path("events").forEach(event -> {
                    if (event.has("event")) {
                        events.add(event);
                    }
                });
                List<JsonNode> ours = EventList.parse(actual.body());
                if (expected.path("open_at_end").asBoolean(false)) {
                    ours.removeIf(event -> event.path("event").asString("").equals("cut"));
                }
                EventList.compare(comparison, events, ours);
            } else if (expected.has("body")) {
                comparison.compare("body", expected.path("body"), json(actual.body()));
            }
        }
        comparison.found().forEach(difference -> found.add(new Found(step, request, difference)));
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? JSON.nullNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private void headers(Comparison comparison, JsonNode expected, Map<String, List<String>> actual) {
        for (Map.Entry<String, JsonNode> header : expected.properties()) {
            String path = "header." + header.getKey();
            List<String> values = actual.getOrDefault(header.getKey(), List.of());
            String recorded = header.getValue().asString();
            if (values.isEmpty()) {
                comparison.add(path, "missing", recorded, "nothing");
            } else if (!bindings.match(plain(recorded), plain(values.get(0)))) {
                comparison.add(path, "value", recorded, values.get(0));
            }
        }
    }

    /** A charset is a matter of taste. */
    private static String plain(String header) {
        return header.replaceAll(";\\s*charset=.*", "").replace("HEAD, GET", "GET, HEAD");
    }
}
