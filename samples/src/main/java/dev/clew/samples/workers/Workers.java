package dev.clew.samples.workers;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.Worker;
import dev.clew.samples.shared.Terminal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two worker processes share a thousand short jobs and a long one; the worker that has the long one is killed in the middle
 * of it, and the other continues it. They share a file (SQLite), with {@code --postgres} a PostgreSQL server that is started
 * for them, or with {@code --postgres URL} one of yours.
 */
public class Workers {
    private static final String QUEUE = "digests";
    private static final int PAGES = 1_000;
    private static final int CHAPTERS = 16;
    private static final int KILLED_IN_CHAPTER = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;

    /** The digests that a worker of this name makes. */
    Workers(String name) {
        this.name = name;
    }

    /** A digest, and who made it. */
    record Digest(String text, String by) {}

    @Task
    Digest digest(String page) {
        return new Digest(page.split(" ").length + " words", name);
    }

    @Task
    String chapter(int number) throws InterruptedException {
        System.out.println(name + ": chapter " + number);
        Thread.sleep(200);
        return "chapter " + number;
    }

    @Entrypoint
    Digest page(String text, WorkersTasks tasks) {
        return tasks.digest(text).join();
    }

    @Entrypoint
    Digest book(int chapters, WorkersTasks tasks) {
        List<String> read = new ArrayList<>();
        for (int number = 1; number <= chapters; number++) {
            read.add(tasks.chapter(number).join());
        }
        return tasks.digest(String.join(" ", read)).join();
    }

    public static void main(String... args) throws IOException, InterruptedException {
        List<String> options = List.of(args);
        int postgres = options.indexOf("--postgres");
        if (options.size() == 3 && options.get(0).equals("--worker")) {
            work(options.get(1), options.get(2));
        } else if (postgres < 0) {
            enqueue(Terminal.database(args).toAbsolutePath().toString());
        } else if (postgres + 1 < options.size() && options.get(postgres + 1).startsWith("jdbc:")) {
            enqueue(options.get(postgres + 1));
        } else {
            System.out.println("starting a PostgreSQL server");
            try (EmbeddedPostgres server = startServer()) {
                enqueue(server.getJdbcUrl("postgres", "postgres"));
            }
        }
    }

    /** One that keeps what it says is stored: an embedded server does not, if nothing is said. */
    private static EmbeddedPostgres startServer() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    /** A worker process: takes jobs until its input ends, which it does with the process that started it. */
    private static void work(String name, String place) throws IOException {
        try (Place shared = Place.open(place);
                var graph = WorkersGraph.builder(new Workers(name))
                        .checkpointer(shared.checkpointer())
                        .worker(Worker.of(QUEUE).concurrency(4))
                        .build()) {
            System.out.println(
                    name + " takes jobs from queue '" + graph.queue(QUEUE).name() + "'");
            while (System.in.read() >= 0) {}
        }
    }

    /** A job that is done once. With SYNC, a step that has ended is stored before the next one begins. */
    private static RunConfig job(String what, String batch) {
        return RunConfig.once(what + " of " + batch).queue(QUEUE).durability(Durability.SYNC);
    }

    /** The client: it enqueues, kills a worker, and waits for all results. It executes nothing itself. */
    private static void enqueue(String place) throws IOException, InterruptedException {
        String batch = Long.toString(System.currentTimeMillis(), 36); // other jobs each time
        try (Place shared = Place.open(place);
                var client = WorkersGraph.client(shared.checkpointer())) {
            RunHandle<Digest> book =
                    client.book().enqueue(CHAPTERS, job("book", batch).priority(-1));
            List<RunHandle<Digest>> pages = new ArrayList<>();
            for (int i = 1; i <= PAGES; i++) {
                pages.add(client.page().enqueue("this is page " + i, job("page-" + i, batch)));
            }
            System.out.println("enqueued: a book of " + CHAPTERS + " chapters, and " + PAGES + " pages");
            try (WorkerProcess first = WorkerProcess.start("worker A", place);
                    WorkerProcess second = WorkerProcess.start("worker B", place)) {
                WorkerProcess reader = WorkerProcess.firstToSay("chapter " + KILLED_IN_CHAPTER, first, second);
                reader.kill();
                System.out.println("killed " + reader.name() + " (kill -9) in the middle of the book");

                System.out.println("the book: " + book.result(PATIENCE).value());
                Map<String, Integer> made = new TreeMap<>();
                for (RunHandle<Digest> page : pages) {
                    made.merge(page.result(PATIENCE).value().by(), 1, Integer::sum);
                }
                System.out.println("the pages: " + made);
            }
            System.out.println("every result is there");
        }
    }
}
