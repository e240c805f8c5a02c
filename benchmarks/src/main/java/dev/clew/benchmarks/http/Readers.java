package dev.clew.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What readers cost that wait, and those that read slowly: subscriptions to threads that do nothing, then streams of a large result that
 * are read at a quarter of a megabyte a second, beside streams that tell the time.
 *
 * <p>{@code benchmarks/run readers [--idle N] [--slow N] [--megabytes N] [--seconds N]}, on SQLite, or on the PostgreSQL database that
 * {@code CLEW_POSTGRES_URL} names.
 */
public final class Readers {
    private static final int CLOCK_READERS = 250;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EchoProcess server;
    private final int seconds;

    private Readers(EchoProcess server, int seconds) {
        this.server = server;
        this.seconds = seconds;
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answers " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    /** The path of a run that was started on a thread of its own. */
    private String started(String assistant, int input) throws IOException, InterruptedException {
        return post(
                        "/threads/" + assistant + "/runs",
                        "{\"assistant_id\":\"" + assistant + "\",\"if_not_exists\":\"create\",\"input\":" + input + "}")
                .headers()
                .firstValue("content-location")
                .orElseThrow();
    }

    private static double at(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * quantile)));
    }

    private void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    // --- those that wait ---

    private void idle(int count) throws IOException, InterruptedException {
        long before = server.megabytes();
        try (Connections connections = new Connections(server.address())) {
            List<Connections.One> all = new ArrayList<>();
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                all.add(connections.open(
                        "POST",
                        "/threads/idle-" + i + "/stream/events",
                        "{\"channels\":[\"lifecycle\"]}",
                        Connections.Pace.FAST));
            }
            while (all.stream().anyMatch(one -> one.bytes() == 0)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            say("%d subscriptions, open after %.1f s", count, (System.nanoTime() - began) / 1e9);
            double used = server.cpuSeconds();
            TimeUnit.SECONDS.sleep(seconds);
            double share = (server.cpuSeconds() - used) / seconds * 100;
            long closed = all.stream().filter(Connections.One::hasEnded).count();
            say(
                    "  idle for %d s: %.1f %% of a core, %d MB of memory (%d before), %d closed",
                    seconds, share, server.megabytes(), before, closed);
            say("  a run begins at one of them: its event comes after %s", firstEvents(all));
        }
    }

    private String firstEvents(List<Connections.One> all) throws IOException, InterruptedException {
        List<Long> lags = new ArrayList<>();
        for (int i = 0; i < Math.min(40, all.size()); i++) {
            Connections.One one = all.get(i);
            long bytes = one.bytes();
            long began = System.nanoTime();
            String answer = post(
                            "/threads/idle-" + i + "/commands",
                            "{\"id\":1,\"method\":\"run.start\",\"params\":{\"assistant_id\":\"noop\",\"input\":\"x\"}}")
                    .body();
            if (!answer.contains("run_id")) {
                throw new IOException("no run was started: " + answer);
            }
            // Beats are fewer bytes than an event.
            while (one.bytes() < bytes + 100) {
                TimeUnit.MICROSECONDS.sleep(500);
            }
            lags.add(one.newsAt() - began);
        }
        Collections.sort(lags);
        return String.format(Locale.ROOT, "%.1f ms (p50), %.1f ms (p95)", at(lags, 0.5) / 1e6, at(lags, 0.95) / 1e6);
    }

    // --- those that are slow ---

    private void slow(int count, int megabytes) throws IOException, InterruptedException {
        String large = started("large", megabytes << 20);
        post("/threads/noop/runs/wait", "{\"assistant_id\":\"noop\",\"if_not_exists\":\"create\",\"input\":\"x\"}");
        HttpResponse<String> done = client.send(
                HttpRequest.newBuilder(URI.create(server.address() + large + "/join"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        say(
                "%d slow readers of %d bytes each, and %d of a clock",
                count, done.body().length(), CLOCK_READERS);
        try (Connections connections = new Connections(server.address())) {
            List<Connections.One> slow = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                slow.add(connections.open("GET", large + "/stream", "", Connections.Pace.SLOW));
            }
            String clock = started("clock", seconds * 10);
            for (int i = 0; i < CLOCK_READERS; i++) {
                Connections.One unused =
                        connections.open("GET", clock + "/stream?stream_mode=custom", "", Connections.Pace.FAST);
            }
            Waits waits = waited();
            List<Long> lags = connections.lags();
            say(
                    "  %d events of the clock, late by %.1f ms (p50), %.1f ms (p95), %.1f ms (p99)",
                    lags.size(), at(lags, 0.5) / 1e3, at(lags, 0.95) / 1e3, at(lags, 0.99) / 1e3);
            say(
                    "  a run that does nothing takes %.1f ms (p50), %.1f ms (p95); %d MB of memory at most",
                    at(waits.times(), 0.5) / 1e6, at(waits.times(), 0.95) / 1e6, waits.megabytes());
            say(
                    "  the slow ones have read %.1f MB each, %d have ended",
                    slow.stream().mapToLong(Connections.One::bytes).average().orElse(0) / (1 << 20),
                    slow.stream().filter(Connections.One::hasEnded).count());
        }
    }

    /** How long runs took meanwhile, the shortest first, and the memory of the server at most. */
    private record Waits(List<Long> times, long megabytes) {}

    private Waits waited() throws IOException, InterruptedException {
        long most = 0;
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            post("/threads/noop/runs/wait", "{\"assistant_id\":\"noop\",\"input\":\"x\"}");
            times.add(System.nanoTime() - began);
            most = Math.max(most, server.megabytes());
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Collections.sort(times);
        return new Waits(times, most);
    }

    private static int number(List<String> words, String name, int otherwise) {
        int at = words.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(words.get(at + 1));
    }

    public static void main(String... args) throws Exception {
        List<String> words = List.of(args);
        try (EchoProcess server = EchoProcess.start()) {
            Readers readers = new Readers(server, number(words, "--seconds", 30));
            double unused = server.awaitUp(readers.client);
            readers.idle(number(words, "--idle", 10_000));
            readers.slow(number(words, "--slow", 250), number(words, "--megabytes", 6));
        }
        // The client's threads would keep the program alive.
        System.exit(0);
    }
}
