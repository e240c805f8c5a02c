package dev.clew.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.fixture.FixtureServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * With {@code -Dclew.fuzz=true}: every route answers what no client would send with a 4xx and a sentence, and stores nothing.
 * It takes a minute, in which it sends as much as it can of all that there is to send, in an order by {@code -Dclew.fuzz.seed};
 * {@code -Dclew.fuzz.seconds} gives it another time.
 */
@EnabledIfSystemProperty(named = "clew.fuzz", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** Texts where an id is expected: slashes, dots, control characters, too long, and not Base64 after the tilde. */
    private static final List<String> ODD_IDS = List.of(
            "a%2Fb",
            "..",
            "%2e%2e",
            "%2F",
            "%2f..%2f",
            "%00",
            "a%00b",
            "%0a",
            "%ff",
            "%",
            "%zz",
            "~",
            "~!!",
            "~AA",
            "~Lw",
            "-",
            " ",
            "%20",
            "x".repeat(200),
            "x".repeat(2000),
            "%F0%9F%98%80",
            ";a=b",
            "a;b",
            "*",
            "null",
            "undefined");

    private static final List<String> MALFORMED = List.of(
            "{",
            "}",
            "{\"a\":}",
            "[",
            "{'a':1}",
            "\u0000",
            "nul",
            "{\"a\":1}{",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "\"\\ud800",
            "{\"a\":\"" + "\\u0000".repeat(3) + "\"");

    private static final List<String> WRONG_ROOTS = List.of("5", "\"text\"", "true", "[[]]", "[5]", "3.5e30");

    private static final List<String> WRONG_VALUES = List.of(
            "5",
            "-1",
            "1e400",
            "3.7",
            "\"\\u0000\"",
            "\"" + "y".repeat(300) + "\"",
            "true",
            "[]",
            "[5]",
            "[[[]]]",
            "{}",
            "{\"a\":{\"b\":[1,null]}}",
            "[null]",
            "{\"checkpoint_id\":5}",
            "99999999999999999999");

    private static final List<String> FIELDS = List.of("""
            assistant_id input command config context metadata checkpoint checkpoint_id stream_mode
            stream_subgraphs stream_resumable interrupt_before interrupt_after webhook multitask_strategy
            on_completion on_disconnect after_seconds if_not_exists durability checkpoint_during thread_id
            if_exists ttl supersteps limit offset status sort_by sort_order select extract values ids as_node
            before graph_id name version namespace key value namespace_prefix filter prefix suffix max_depth
            run_ids thread_ids strategy id method params channels namespaces depth since schedule timezone
            end_time enabled on_run_completed description model messages stream n
            """.split("\\s+"));

    private static final List<String> QUERIES = List.of(
            "limit=abc",
            "limit=-1",
            "limit=0",
            "limit=99999999999999",
            "offset=-1",
            "offset=x",
            "status=bogus",
            "select=bogus",
            "stream_mode=bogus",
            "stream_mode=%5B",
            "stream_mode=%5B5%5D",
            "wait=perhaps",
            "action=bogus",
            "xray=maybe",
            "before=%00",
            "subgraphs=2",
            "namespace=..",
            "key=%00",
            "a=%",
            "=",
            "&&&",
            "%00=1",
            "cancel_on_disconnect=x");

    private static final long SECONDS = Long.getLong("clew.fuzz.seconds", 60);
    private static final long SEED = Long.getLong("clew.fuzz.seed", 1);

    /** How many tests share the time. */
    private static final int TESTS = 5;

    private FixtureServer server;
    private RawHttp http;
    private final List<String> wrong = new ArrayList<>();
    private String before = "";

    /** A method at a path with parameters in braces. */
    private record Route(String method, String path) {
        boolean takesId() {
            return path.contains("{");
        }

        boolean takesBody() {
            return List.of("POST", "PUT", "PATCH", "DELETE").contains(method);
        }

        String with(String id) {
            return path.replaceAll("\\{[^}]*}", java.util.regex.Matcher.quoteReplacement(id));
        }
    }

    @BeforeAll
    void start() throws Exception {
        server = FixtureServer.anywhere();
        http = new RawHttp(URI.create(server.uri()));
        http.send("POST", "/threads", "{\"thread_id\":\"fuzzed\"}");
        http.send("POST", "/threads/fuzzed/runs/wait", "{\"assistant_id\":\"graph\",\"input\":{\"notes\":[]}}");
        before = stored();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private List<Route> routes() throws IOException {
        List<Route> routes = new ArrayList<>();
        JsonNode paths =
                JSON.readTree(http.send("GET", "/openapi.json", "").body()).path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            path.getValue()
                    .propertyNames()
                    .forEach(method -> routes.add(new Route(method.toUpperCase(java.util.Locale.ROOT), path.getKey())));
        }
        assertThat(routes).hasSizeGreaterThan(30);
        return routes;
    }

    private String stored() throws IOException {
        return http.send("POST", "/threads/count", "{}").body()
                + http.send("GET", "/threads/fuzzed/runs?limit=1000", "").body().hashCode()
                + http.send("GET", "/threads/fuzzed/state", "").body().hashCode();
    }

    /** Sends one request that must be refused, or at least not break anything. */
    private void send(String method, String target, String body, boolean mustRefuse) throws IOException {
        RawHttp.Answer answer = http.send(method, target, body);
        String what = method + " " + brief(target) + " " + brief(body) + " -> " + answer.status() + " "
                + brief(answer.body());
        boolean refused =
                answer.status() >= 400 && answer.status() < 500 || answer.body().contains("\"error\":{\"code\":-32");
        if (answer.status() >= 500 || answer.status() == 0) {
            wrong.add("broken: " + what);
        } else if (mustRefuse && !refused) {
            wrong.add("accepted: " + what);
        } else if (refused
                && answer.json()
                && JSON.readTree(answer.body()).path("message").asString("").length() < 10
                && !answer.body().contains("jsonrpc")
                && !answer.body().contains("\"type\"")) {
            wrong.add("no sentence: " + what);
        }
        String now = stored();
        if (refused && !now.equals(before)) {
            wrong.add("stored although refused: " + what);
        }
        before = now;
    }

    private static String brief(String text) {
        return text.length() <= 160 ? text : text.substring(0, 160) + "… (" + text.length() + ")";
    }

    /** One request. */
    private record Sent(String method, String target, String body, boolean mustRefuse) {}

    /** Sends as many as the time allows, in an order that the seed decides. */
    private void sendAll(List<Sent> all) throws IOException {
        List<Sent> order = new ArrayList<>(all);
        Collections.shuffle(order, new Random(SEED));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / TESTS;
        int sent = 0;
        while (sent < order.size() && System.nanoTime() < deadline) {
            Sent next = order.get(sent++);
            send(next.method(), next.target(), next.body(), next.mustRefuse());
        }
        System.out.println("sent " + sent + " of " + order.size() + " with seed " + SEED);
        assertThat(sent).isPositive();
        assertThat(wrong).isEmpty();
    }

    @Test
    void refusesOddIds() throws IOException {
        List<Sent> all = new ArrayList<>();
        for (Route route : routes()) {
            for (String id : route.takesId() ? ODD_IDS : List.<String>of()) {
                all.add(new Sent(route.method(), route.with(id), route.takesBody() ? "{}" : "", false));
            }
        }
        sendAll(all);
    }

    @Test
    void refusesMalformedBodies() throws IOException {
        List<Sent> all = new ArrayList<>();
        for (Route route : routes()) {
            for (String body : route.takesBody() ? MALFORMED : List.<String>of()) {
                all.add(new Sent(route.method(), route.with("fuzzed-none"), body, true));
            }
            for (String body : route.takesBody() ? WRONG_ROOTS : List.<String>of()) {
                all.add(new Sent(route.method(), route.with("fuzzed"), body, false));
            }
        }
        sendAll(all);
    }

    @Test
    void refusesFieldsOfWrongTypes() throws IOException {
        List<Sent> all = new ArrayList<>();
        for (Route route : routes()) {
            if (!route.method().equals("POST")
                    && !route.method().equals("PUT")
                    && !route.method().equals("PATCH")) {
                continue;
            }
            for (String field : FIELDS) {
                for (String value : WRONG_VALUES) {
                    String right = field.equals("assistant_id") || field.equals("model") || field.equals("messages")
                            ? ""
                            : "\"assistant_id\":\"plain\",\"input\":\"x\",\"model\":\"plain\","
                                    + "\"graph_id\":\"plain\",";
                    all.add(new Sent(
                            route.method(),
                            route.with("none"),
                            "{" + right + "\"" + field + "\":" + value + "}",
                            false));
                }
            }
        }
        sendAll(all);
    }

    /** What stands where the protocol of agents wants something else: all of it comes to one address. */
    @Test
    void refusesOddMessagesToAgents() throws IOException {
        List<Sent> all = new ArrayList<>();
        for (String agent : List.of("plain", "typed", "chat")) {
            for (String method : AGENT_METHODS) {
                for (String value : WRONG_VALUES) {
                    all.add(agent(agent, method, value));
                    for (String field : AGENT_FIELDS) {
                        all.add(agent(agent, method, "{\"" + field + "\":" + value + "}"));
                        all.add(agent(
                                agent,
                                method,
                                "{\"message\":{\"role\":\"user\",\"messageId\":\"f\",\"taskId\":"
                                        + "\"fuzzed:none\",\"parts\":[{\"text\":\"x\"}],\"" + field + "\":" + value
                                        + "}}"));
                        all.add(agent(
                                agent,
                                method,
                                "{\"message\":{\"role\":\"user\",\"messageId\":\"f\",\"taskId\":"
                                        + "\"fuzzed:none\",\"parts\":[{\"" + field + "\":" + value + "}]}}"));
                    }
                }
            }
        }
        sendAll(all);
    }

    private static final List<String> AGENT_METHODS = List.of(
            "message/send", "SendStreamingMessage", "tasks/get", "ListTasks", "CancelTask", "tasks/resubscribe");

    private static final List<String> AGENT_FIELDS = List.of("""
            message id contextId taskId role parts messageId kind text data file raw url metadata configuration
            historyLength pageSize pageToken status
            """.strip().split("\\s+"));

    private static Sent agent(String agent, String method, String params) {
        return new Sent(
                "POST",
                "/a2a/" + agent,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}",
                false);
    }

    @Test
    void refusesOddQueries() throws IOException {
        List<Sent> all = new ArrayList<>();
        for (Route route : routes()) {
            for (String query : QUERIES) {
                all.add(new Sent(
                        route.method(), route.with("none") + "?" + query, route.takesBody() ? "{}" : "", false));
            }
        }
        sendAll(all);
    }

    @Test
    void refusesLargeBodiesAndHeaders() throws IOException {
        String large = "{\"metadata\":{\"a\":\"" + "z".repeat(40 << 20) + "\"}}";
        RawHttp.Answer answer = http.send("POST", "/threads", large);
        assertThat(answer.status()).isIn(0, 400, 413, 422);
        String header = "GET /ok HTTP/1.1\r\nHost: " + URI.create(server.uri()).getAuthority() + "\r\nX-A: "
                + "h".repeat(1 << 20) + "\r\n\r\n";
        assertThat(http.send(header.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                        .status())
                .isIn(0, 400, 413, 431);
        assertThat(http.send("GET", "/ok", "").status()).isEqualTo(200);
    }
}
