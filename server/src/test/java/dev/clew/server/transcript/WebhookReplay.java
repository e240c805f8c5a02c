package dev.clew.server.transcript;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.clew.server.Http;
import dev.clew.server.WebhookOptions;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.server.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts the runs whose ends a webhook received, and compares what ours sends. The recording has the bodies only. */
final class WebhookReplay {
    private final Bindings bindings = new Bindings();
    private final List<Replay.Found> found = new ArrayList<>();
    private final BlockingQueue<Got> received = new LinkedBlockingQueue<>();

    private record Got(String path, @Nullable String contentType, String body) {}

    /** Runs all steps and returns what differs. */
    List<Replay.Found> run(Transcript transcript) throws IOException, InterruptedException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            received.add(new Got(exchange.getRequestURI().toString(), type, body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        String origin = "http://127.0.0.1:" + receiver.getAddress().getPort();
        try (FixtureServer server = FixtureServer.with(
                builder -> builder.webhooks(WebhookOptions.of(origin).allowPrivateAddresses()))) {
            for (Transcript.Step step : transcript.steps()) {
                JsonNode hook = step.hook();
                if (hook == null) {
                    throw new IllegalStateException("step " + step.number() + " received nothing");
                }
                start(step.number(), new Http(server.uri()), origin, hook);
                Got got = received.poll(60, TimeUnit.SECONDS);
                compare(step.number(), hook, got == null ? new Got("none", null, "null") : got);
            }
        } finally {
            receiver.stop(0);
        }
        return found;
    }

    private void start(int step, Http http, String origin, JsonNode hook) {
        ObjectNode body = Json.object();
        body.set("assistant_id", hook.at("/body/assistant_id"));
        body.set("input", hook.at("/body/kwargs/input"));
        body.put("webhook", origin + hook.path("path").asString());
        body.put("if_not_exists", "create");
        JsonNode own = hook.at("/body/metadata/wm");
        if (!own.isMissingNode()) {
            body.putObject("metadata").set("wm", own);
        }
        if (hook.at("/body/kwargs/temporary").asBoolean(false)) {
            http.post("/runs", body.toString());
            return;
        }
        String thread = bindings.fill(hook.at("/body/thread_id").asString());
        HttpResponse<String> made = http.post("/threads/" + thread + "/runs", body.toString());
        if (made.statusCode() == 200) {
            end(http, hook.at("/body/status").asString(), thread, Http.json(made));
            return;
        }
        found.add(new Replay.Found(
                step, "POST /threads/…/runs", new Difference("status", "value", "200", "" + made.body())));
        thread = UUID.randomUUID().toString();
        end(
                http,
                hook.at("/body/status").asString(),
                thread,
                Http.json(http.post("/threads/" + thread + "/runs", body.toString())));
    }

    /** Cancels the run where the recorded one was cancelled. */
    private static void end(Http http, String status, String thread, JsonNode made) {
        if (!status.equals("interrupted") && !status.equals("rollback")) {
            return;
        }
        String run = "/threads/" + thread + "/runs/" + made.path("run_id").asString();
        await().until(() -> Http.json(http.get(run)).path("status").asString().equals("running"));
        http.post(run + "/cancel?action=" + (status.equals("rollback") ? status : "interrupt"), "");
    }

    private void compare(int step, JsonNode hook, Got got) {
        Comparison comparison = new Comparison(bindings);
        comparison.compare("path", hook.path("path"), Json.text(got.path()));
        for (Map.Entry<String, JsonNode> header : hook.path("headers").properties()) {
            if (!header.getKey().equals("content-type")) {
                comparison.add(
                        "header." + header.getKey(),
                        "missing",
                        header.getValue().toString(),
                        "nothing");
            } else if (!header.getValue().asString().equals(got.contentType())) {
                comparison.add("header.content-type", "value", header.getValue().toString(), "" + got.contentType());
            }
        }
        comparison.compare("body", hook.path("body"), Json.read(got.body()));
        comparison
                .found()
                .forEach(difference -> found.add(
                        new Replay.Found(step, "webhook " + hook.path("path").asString(), difference)));
    }
}
