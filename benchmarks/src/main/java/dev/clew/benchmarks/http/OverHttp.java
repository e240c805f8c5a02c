package dev.clew.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * W15 and W16: what a run that does nothing costs over HTTP, by one client program, of Clew's server on a SQLite file in a process
 * of its own, and of other servers beside it.
 *
 * <p>{@code benchmarks/run server [--requests N] [NAME=ADDRESS=INPUT]…}; the others serve an assistant {@code noop}:
 *
 * <pre>{@code
 * benchmarks/run server python=http://localhost:2024={} js=http://localhost:2025={}
 * }</pre>
 */
public final class OverHttp {
    private static final int CLIENTS = 16;
    private static final int STREAMS = 50;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param input the JSON of what its {@code noop} takes */
    record Peer(String name, String address, String input) {
        static Peer parse(String text) {
            String[] parts = text.split("=", 3);
            if (parts.length != 3) {
                throw new IllegalArgumentException("a server is NAME=ADDRESS=INPUT, not " + text);
            }
            return new Peer(parts[0], parts[1], parts[2]);
        }
    }

    private HttpRequest request(Peer peer, String path) {
        return HttpRequest.newBuilder(URI.create(peer.address() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"assistant_id\":\"noop\",\"input\":" + peer.input() + "}"))
                .build();
    }

    /** How long a run takes whose end is waited for, in nanoseconds. */
    private long waited(Peer peer) throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<String> response = client.send(request(peer, "/runs/wait"), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200 || response.body().contains("__error__")) {
            throw new IOException(peer.name() + " answers " + response.statusCode() + " " + response.body());
        }
        return System.nanoTime() - began;
    }

    /** How long the first event of a stream takes; the stream is read to its end. */
    private long firstEvent(Peer peer) throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<InputStream> response =
                client.send(request(peer, "/runs/stream"), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] buffer = new byte[8_192];
            StringBuilder read = new StringBuilder();
            long first = 0;
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                if (first == 0) {
                    read.append(new String(buffer, 0, count, java.nio.charset.StandardCharsets.ISO_8859_1));
                    first = read.indexOf("data:") >= 0 ? System.nanoTime() - began : 0;
                }
            }
            if (first == 0) {
                throw new IOException(peer.name() + " streamed nothing");
            }
            return first;
        }
    }

    private static List<Long> times(int clients, int requests, Callable<Long> once)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                all.add(threads.submit(once));
            }
            List<Long> times = new ArrayList<>();
            for (Future<Long> each : all) {
                times.add(each.get());
            }
            Collections.sort(times);
            return times;
        } finally {
            threads.shutdownNow();
        }
    }

    private static double millis(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * quantile))) / 1e6;
    }

    private void measure(Peer peer, int requests) throws InterruptedException, ExecutionException {
        boolean isSlow = !peer.name().equals("clew");
        int few = isSlow ? Math.min(requests, 20) : requests;
        int many = isSlow ? Math.min(requests, 300) : requests * 10;
        List<Long> unused = times(isSlow ? 4 : CLIENTS, isSlow ? 20 : requests * 4, () -> waited(peer));
        List<Long> alone = times(1, few, () -> waited(peer));
        long began = System.nanoTime();
        List<Long> together = times(CLIENTS, many, () -> waited(peer));
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Long> first = times(1, few, () -> firstEvent(peer));
        List<Long> rush = times(STREAMS, STREAMS, () -> firstEvent(peer));
        System.out.printf(
                Locale.ROOT,
                "%-8s %10.2f %10.0f %10.2f %10.2f %10.2f %12.2f%n",
                peer.name(),
                millis(alone, 0.5),
                many / seconds,
                millis(together, 0.5),
                millis(together, 0.95),
                millis(first, 0.5),
                millis(rush, 0.95));
    }

    public static void main(String... args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        int at = words.indexOf("--requests");
        int requests = at < 0 ? 500 : Integer.parseInt(words.get(at + 1));
        if (at >= 0) {
            words.subList(at, at + 2).clear();
        }
        OverHttp bench = new OverHttp();
        try (EchoProcess server = EchoProcess.start()) {
            System.out.printf(Locale.ROOT, "start-up to /ok: %.0f ms%n", server.awaitUp(bench.client));
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %10s %10s %10s %10s %10s %12s%n",
                    "",
                    "wait p50",
                    "16: a s",
                    "16: p50",
                    "16: p95",
                    "event p50",
                    "50: ev p95");
            bench.measure(new Peer("clew", server.address(), "\"x\""), requests);
            for (String peer : words) {
                bench.measure(Peer.parse(peer), requests);
            }
        }
        // The client's threads would keep the program alive.
        System.exit(0);
    }
}
