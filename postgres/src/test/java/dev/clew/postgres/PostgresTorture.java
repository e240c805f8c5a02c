package dev.clew.postgres;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.contracts.torture.TortureJournal;
import dev.clew.contracts.torture.TortureJournal.Kind;
import dev.clew.contracts.torture.TortureRound;
import dev.clew.contracts.torture.TortureVerdict;
import dev.clew.contracts.torture.TorturedProgram;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Tortures worker processes that share a PostgreSQL server, round after round: kills and stops workers, cuts connections in the
 * middle of messages, terminates backends, restarts the server without a shutdown. A client enqueues threads, answers them, and
 * waits for their results. Counts what was promised and not kept.
 *
 * <pre>
 * testing/torture --database postgres --minutes 60 --seed 7
 * </pre>
 */
public final class PostgresTorture {
    private static final long STORM_SECONDS = 120;

    /** If no thread comes to its end for so long, those that are left count as lost. */
    private static final long PATIENCE_SECONDS = 300;

    private static final int HANDS = 16;

    private final TortureRound round;
    private final int workers;
    private final Cluster cluster;
    private final CuttingProxy proxy;
    private final Random random;
    private final TortureJournal journal;
    private final List<Child> children = new ArrayList<>();

    /** When those that were stopped go on. */
    private final Map<Child, Long> stopped = new HashMap<>();

    private final Map<String, Integer> done = new TreeMap<>();

    private PostgresTorture(TortureRound round, int workers, Cluster cluster, CuttingProxy proxy) {
        this.round = round;
        this.workers = workers;
        this.cluster = cluster;
        this.proxy = proxy;
        this.random = new Random(round.seed());
        this.journal = new TortureJournal(round.folder());
    }

    /** What was done, and what was found. */
    record Report(
            long steps,
            long resumes,
            Map<String, Integer> done,
            List<String> duplicates,
            List<String> lost,
            List<String> wrong,
            Map<String, Integer> refused) {
        static final Report NONE = new Report(0, 0, Map.of(), List.of(), List.of(), List.of(), Map.of());

        boolean isClean() {
            return duplicates.isEmpty() && lost.isEmpty() && wrong.isEmpty();
        }

        Report and(Report other) {
            return new Report(
                    steps + other.steps,
                    resumes + other.resumes,
                    sum(done, other.done),
                    both(duplicates, other.duplicates),
                    both(lost, other.lost),
                    both(wrong, other.wrong),
                    sum(refused, other.refused));
        }

        private static List<String> both(List<String> one, List<String> other) {
            List<String> all = new ArrayList<>(one);
            all.addAll(other);
            return all;
        }

        private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
            Map<String, Integer> sum = new TreeMap<>(one);
            other.forEach((what, times) -> sum.merge(what, times, Integer::sum));
            return sum;
        }

        @Override
        public String toString() {
            return "steps=" + steps + " resumes=" + resumes + " duplicates=" + duplicates.size() + " lost="
                    + lost.size() + " wrong=" + wrong.size();
        }
    }

    /** Rounds of this many threads each, for so long; stops early at the first round that found something. */
    static Report run(long seed, Duration time, int threads, int workers) throws Exception {
        long until = Long.MAX_VALUE;
        Report all = Report.NONE;
        for (long number = 0; all.isClean() && (number == 0 || System.nanoTime() < until); number++) {
            Path folder = Files.createTempDirectory("clew-torture");
            // Every fourth writes its outcomes behind: fewer promises, and other ways to break them.
            Durability durability = number % 4 == 3 ? Durability.ASYNC : Durability.SYNC;
            TortureRound round = new TortureRound(folder, seed + number, threads, durability);
            try (Cluster cluster = Cluster.make()) {
                cluster.start();
                until = number == 0 ? System.nanoTime() + time.toNanos() : until;
                try (CuttingProxy proxy = new CuttingProxy(cluster.port())) {
                    all = all.and(new PostgresTorture(round, workers, cluster, proxy).storm(until));
                }
            }
        }
        return all;
    }

    private String url() {
        return Cluster.url(proxy.port());
    }

    private Report storm(long stormUntil) throws Exception {
        ExecutorService hands = Executors.newFixedThreadPool(HANDS);
        TortureVerdict verdict;
        try (Postgres db = TortureWorker.connect(url(), 8);
                Lab client = new Lab(db.checkpointer(), round.durability())
                        .options(graph -> LabGraph.lease(graph, TortureWorker.LEASE))
                        .body(TorturedProgram.body(new TorturedProgram.Witness() {}))) {
            List<Future<?>> ends = new ArrayList<>();
            for (String thread : round.threads()) {
                ends.add(hands.submit(() -> bringToItsEnd(client, thread)));
            }
            disturbUntil(stormUntil, ends);
            hands.shutdownNow();
        } finally {
            for (Child child : children) {
                child.kill();
            }
        }
        try (Postgres db = TortureWorker.connect(cluster.url(), 4)) {
            verdict = TortureVerdict.of(round, db.checkpointer());
        }
        return new Report(
                verdict.steps(),
                verdict.resumes(),
                done,
                verdict.duplicates(),
                verdict.lost(),
                verdict.wrong(),
                verdict.refused());
    }

    /** Disturbs for a while, and then waits until all are over, or none is for long. */
    private void disturbUntil(long stormUntil, List<Future<?>> ends) throws Exception {
        long calm = Math.min(stormUntil, System.nanoTime() + TimeUnit.SECONDS.toNanos(STORM_SECONDS));
        long ended = 0;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ended < ends.size() && System.nanoTime() < until) {
            long before = ended;
            ended = ends.stream().filter(Future::isDone).count();
            if (ended > before) {
                until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            }
            replaceTheDead();
            Thread.sleep(100 + random.nextInt(500));
            if (System.nanoTime() < calm) {
                disturb();
            }
            goOn();
        }
    }

    // --- the client ---

    private void bringToItsEnd(Lab client, String thread) {
        boolean over = false;
        while (!over && !Thread.currentThread().isInterrupted()) {
            over = isAtItsEnd(client, thread);
        }
    }

    /** Enqueues the run, which is the same run however often, and waits for it; whether it is over. */
    private boolean isAtItsEnd(Lab client, String thread) {
        try {
            RunResult<String> result = client.workflow()
                    .enqueue(round.input(thread), TortureRound.config(thread).queue(TortureWorker.QUEUE))
                    .result(Duration.ofSeconds(30));
            while (result instanceof RunResult.Interrupted<String> pause) {
                result = answer(client, pause, thread);
            }
            journal.note(Kind.DONE, thread, result.value());
            return true;
        } catch (ThreadStuckException stuck) {
            proceed(client, thread);
            return false;
        } catch (WorkflowFailedException | NonDeterminismException bad) {
            journal.note(Kind.BAD, thread, bad.toString());
            return true;
        } catch (ClewException refused) {
            journal.note(Kind.REFUSED, thread, refused.getClass().getSimpleName() + ": " + refused.getMessage());
            return false;
        } catch (RuntimeException | Error bad) {
            journal.note(Kind.BAD, thread, bad.toString());
            return true;
        }
    }

    private void proceed(Lab client, String thread) {
        try {
            client.workflow().invoke(Command.proceed(), RunConfig.thread(thread));
        } catch (ClewException refused) {
            journal.note(Kind.REFUSED, thread, "proceed: " + refused);
        }
    }

    private RunResult<String> answer(Lab client, RunResult.Interrupted<String> pause, String thread) {
        var question = pause.pending().get(0);
        String answer = TorturedProgram.answer(UUID.randomUUID().toString());
        var handle = client.workflow().enqueue(Command.resume(question.id(), answer), RunConfig.thread(thread));
        journal.note(Kind.ANSWERED, thread, question.name(), answer);
        return handle.result(Duration.ofSeconds(30));
    }

    // --- the storm ---

    private void replaceTheDead() throws IOException {
        children.removeIf(child -> !child.isAlive());
        while (children.size() < workers) {
            String[] common = round.arguments(random.nextLong(), false);
            String[] all = Arrays.copyOf(common, common.length + 2);
            all[common.length] = url();
            all[common.length + 1] = Integer.toString(random.nextBoolean() ? 2 : 6);
            children.add(Child.start(TortureWorker.class, all));
        }
    }

    private void disturb() throws Exception {
        Child child = children.get(random.nextInt(children.size()));
        int what = random.nextInt(100);
        if (what < 6) {
            count("killed");
            child.kill();
            stopped.remove(child);
        } else if (what < 25 && !stopped.containsKey(child)) {
            count("stopped");
            long lease = TortureWorker.LEASE.toMillis();
            long millis = random.nextBoolean() ? random.nextInt(300) : lease + random.nextLong(lease);
            stopped.put(child, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
            child.signal("STOP");
        } else if (what < 45) {
            count("cut before");
            proxy.cutBefore();
        } else if (what < 65) {
            count("cut after");
            proxy.cutAfter();
        } else if (what < 80) {
            count("terminated");
            terminateOne();
        } else if (what < 82) {
            count("restarted");
            cluster.restartImmediately();
        }
    }

    private void terminateOne() {
        try (Connection connection = DriverManager.getConnection(cluster.url());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity"
                    + " WHERE application_name = 'clew' ORDER BY random() LIMIT 1) a");
        } catch (SQLException away) {
            count("away");
        }
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private void goOn() throws Exception {
        long now = System.nanoTime();
        for (Child child : List.copyOf(stopped.keySet())) {
            if (!child.isAlive()) {
                stopped.remove(child);
            } else if (stopped.getOrDefault(child, now) <= now) {
                child.signal("CONT");
                stopped.remove(child);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("--minutes", "3", "--threads", "2000", "--workers", "8"));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        long seed = Long.parseLong(options.getOrDefault("--seed", Long.toString(System.currentTimeMillis())));
        System.out.println("seed " + seed);
        Report report = run(
                seed,
                Duration.ofSeconds((long) (Double.parseDouble(options.get("--minutes")) * 60)),
                Integer.parseInt(options.get("--threads")),
                Integer.parseInt(options.get("--workers")));
        report.duplicates().forEach(step -> System.out.println("duplicate: " + step));
        report.lost().forEach(what -> System.out.println("lost: " + what));
        report.wrong().forEach(what -> System.out.println("wrong: " + what));
        report.refused().forEach((reason, times) -> System.out.println(times + " times " + reason));
        System.out.println(report.done());
        System.out.println(report);
        System.exit(report.isClean() ? 0 : 1);
    }
}
