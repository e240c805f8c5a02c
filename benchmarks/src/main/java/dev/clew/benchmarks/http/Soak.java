package dev.clew.benchmarks.http;

import dev.clew.benchmarks.Server;
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
 * Whether a server that runs for long keeps to the room it has: rounds of a minute, each with streams that are read, read slowly and
 * not read at all, with runs on threads of their own that are deleted when they are over, and with a thread that is deleted. After
 * each round it says what lives on the heap, how many threads and open files the process has, and how large the database is.
 *
 * <p>{@code benchmarks/run soak [--minutes N] [--rate N] [--streams N] [--postgres]}, on SQLite or on PostgreSQL.
 */
public final class Soak {
    /** The rounds that fill caches and pools. */
    private static final int WARM = 5;

    private static final int LARGE = 6 << 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EchoProcess server;
    private final Database database;
    private final int rate;
    private final int streams;

    /** How many bytes a database has. */
    private interface Database {
        long bytes() throws IOException;
    }

    private record Round(long heap, long threads, long files, long database, double lag, double run, int runs) {
        static final String HEADER =
                "minute  heap KB  threads  files  database KB  clock late ms (p95)  run ms (p95)  runs";

        String line(int minute) {
            return String.format(
                    Locale.ROOT,
                    "%6d %8d %8d %6d %12d %20.1f %13.1f %5d",
                    minute,
                    heap >> 10,
                    threads,
                    files,
                    database >> 10,
                    lag,
                    run,
                    runs);
        }
    }

    private Soak(EchoProcess server, Database database, int rate, int streams) {
        this.server = server;
        this.database = database;
        this.rate = rate;
        this.streams = streams;
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " answers " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    /** The path of a run that was started on a thread of the same name. */
    private String started(String assistant, int input) throws IOException, InterruptedException {
        return send(
                        "POST",
                        "/threads/" + assistant + "/runs",
                        "{\"assistant_id\":\"" + assistant + "\",\"if_not_exists\":\"create\",\"input\":" + input + "}")
                .headers()
                .firstValue("content-location")
                .orElseThrow();
    }

    private Round round(String large) throws IOException, InterruptedException {
        int third = streams / 3;
        List<Long> runs = new ArrayList<>();
        List<Long> lags;
        try (Connections connections = new Connections(server.address())) {
            for (int i = 0; i < third; i++) {
                Connections.One unusedSlow = connections.open("GET", large + "/stream", "", Connections.Pace.SLOW);
                Connections.One unusedStalled =
                        connections.open("GET", large + "/stream", "", Connections.Pace.STALLED);
            }
            String clock = started("clock", 500);
            for (int i = 0; i < third; i++) {
                Connections.One unused =
                        connections.open("GET", clock + "/stream?stream_mode=custom", "", Connections.Pace.FAST);
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(55);
            while (System.nanoTime() < end) {
                long began = System.nanoTime();
                HttpResponse<String> unused = send("POST", "/runs/wait", "{\"assistant_id\":\"noop\",\"input\":\"x\"}");
                long took = System.nanoTime() - began;
                runs.add(took);
                TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / rate - took);
            }
            lags = connections.lags();
        }
        HttpResponse<String> unused = send("DELETE", "/threads/clock", "");
        Collections.sort(runs);
        return new Round(
                server.liveBytes(),
                server.threads(),
                server.openFiles(),
                database.bytes(),
                quantile(lags) / 1e3,
                quantile(runs) / 1e6,
                runs.size());
    }

    private static double quantile(List<Long> sorted) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1L, sorted.size() * 95L / 100));
    }

    private void run(int minutes) throws IOException, InterruptedException {
        double unused = server.awaitUp(client);
        String large = started("large", LARGE);
        List<Round> all = new ArrayList<>();
        System.out.println(Round.HEADER);
        for (int minute = 1; minute <= minutes; minute++) {
            Round round = round(large);
            all.add(round);
            System.out.println(round.line(minute));
        }
        if (minutes > 2 * WARM) {
            compare("heap KB", all, round -> round.heap() >> 10);
            compare("threads", all, Round::threads);
            compare("files", all, Round::files);
            compare("database KB", all, round -> round.database() >> 10);
        }
    }

    /** The median of the rounds after the first, beside that of the last. */
    private static void compare(String name, List<Round> all, java.util.function.ToLongFunction<Round> figure) {
        long early = median(all.subList(WARM, 2 * WARM), figure);
        long late = median(all.subList(all.size() - WARM, all.size()), figure);
        System.out.printf(Locale.ROOT, "%-12s %10d after %d minutes, %10d at the end%n", name, early, 2 * WARM, late);
    }

    private static long median(List<Round> rounds, java.util.function.ToLongFunction<Round> figure) {
        return rounds.stream()
                .mapToLong(figure)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static int number(List<String> words, String name, int otherwise) {
        int at = words.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(words.get(at + 1));
    }

    public static void main(String... args) throws Exception {
        List<String> words = List.of(args);
        int minutes = number(words, "--minutes", 60);
        int rate = number(words, "--rate", 10);
        int streams = number(words, "--streams", 500);
        if (words.contains("--postgres")) {
            try (Server postgres = Server.open();
                    EchoProcess server = EchoProcess.start(postgres.url())) {
                String size = "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class"
                        + " WHERE relkind = 'r' AND relnamespace NOT IN"
                        + " (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema'))";
                new Soak(server, () -> postgres.number(size), rate, streams).run(minutes);
            }
        } else {
            try (EchoProcess server = EchoProcess.start()) {
                new Soak(server, server::databaseBytes, rate, streams).run(minutes);
            }
        }
        // The client's threads would keep the program alive.
        System.exit(0);
    }
}
