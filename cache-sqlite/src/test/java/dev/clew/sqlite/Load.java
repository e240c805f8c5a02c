package dev.clew.sqlite;

import dev.clew.GraphBuilder;
import dev.clew.LabGraph;
import dev.clew.flow.Retention;
import dev.clew.flow.Workflow;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Many callers at once over many threads of one SQLite file, for a long time: every value is checked, and from time to time
 * all rest, so that what the process holds can be compared.
 *
 * <pre>
 * testing/load --minutes 60 --threads 100000 --callers 64
 * </pre>
 */
public final class Load {
    /** Of the time, one part warms up and the others are compared. */
    private static final int PARTS = 13;

    /** Of so little time that resting between more parts would take longer. */
    private static final int FEW_PARTS = 3;

    /** A thread that has nothing to do ends sooner. */
    private static final long IDLE_MILLIS = 400;

    private static final long MOST_HEAP_MORE = 8 << 20;
    private static final long MOST_OURS_MORE = 512 << 10;
    private static final int MOST_THREADS_MORE = 2;
    private static final int MOST_HANDLES_MORE = 4;
    private static final int CHECKED_AT_THE_END = 2_000;

    private final Plan plan;
    private final Path folder;
    private final LoadedHands.Work work = new LoadedHands.Work();
    private final LoadedThreads threads;
    private final List<Footprint> footprints = new ArrayList<>();
    private final List<Latencies> latencies = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();

    /** Threads of others in this process, such as those that a test of runaway bodies had to leave alone. */
    private final Set<Thread> others = Thread.getAllStackTraces().keySet();

    private Load(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        this.threads = new LoadedThreads(plan.threads());
    }

    /** How much of it. */
    record Plan(Duration time, int threads, int callers, long seed) {
        int parts() {
            return time.toSeconds() < 30 ? FEW_PARTS : PARTS;
        }
    }

    /** What was done, and what was found. */
    record Report(
            int threads,
            Map<String, Long> counts,
            Latencies first,
            Latencies last,
            List<String> wrong,
            long wrongs,
            List<String> leaks) {
        boolean isClean() {
            return wrongs == 0 && leaks.isEmpty();
        }

        @Override
        public String toString() {
            StringBuilder line = new StringBuilder("threads=" + threads);
            counts.forEach(
                    (what, times) -> line.append(' ').append(what).append('=').append(times));
            return line + " wrong=" + wrongs + " leaks=" + leaks.size();
        }
    }

    static Report run(Plan plan) throws Exception {
        Path folder = Files.createTempDirectory("clew-load");
        Report report = new Load(plan, folder).bear();
        if (report.isClean()) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } else {
            System.out.println("left its file in " + folder);
        }
        return report;
    }

    private Report bear() throws Exception {
        rehearse();
        Footprint before = Footprint.take();
        System.out.println("before: " + before);
        LoadCallers callers = underLoad();
        Footprint after = Footprint.take();
        System.out.println("after:  " + after);
        compare("closed", before, after);
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("runs", callers.runs.sum());
        counts.put("steps", work.steps.sum());
        counts.put("interrupts", work.questions.sum());
        counts.put("resumes", callers.resumes.sum());
        counts.put("children", work.children.sum());
        counts.put("retries", work.retries.sum());
        counts.put("timers", work.timers.sum());
        counts.put("cancelled", callers.cancelled.sum());
        counts.put("refused", callers.refused.sum());
        return new Report(
                threads.visited(),
                counts,
                latencies.get(1),
                latencies.get(latencies.size() - 1),
                callers.told(),
                callers.wrong.sum(),
                leaks);
    }

    /** Loads the classes and the native library, so that they are there before and after. */
    private void rehearse() throws Exception {
        Path file = folder.resolve("rehearsal.db");
        ThreadPoolExecutor pool = pool();
        try (Sqlite db = Sqlite.open(file);
                LabGraph graph = options(LabGraph.builder(), db, pool).build()) {
            LoadCallers callers = new LoadCallers(graph.add(work.workflow()), new LoadedThreads(500));
            callers.start(plan.callers(), plan.seed());
            Thread.sleep(Math.min(5_000, plan.time().toMillis() / plan.parts()));
            callers.end();
        }
        end(pool);
    }

    private LoadCallers underLoad() throws Exception {
        Path file = folder.resolve("threads.db");
        ThreadPoolExecutor pool = pool();
        LoadCallers callers;
        try (Sqlite db = Sqlite.open(file);
                LabGraph graph = options(LabGraph.builder(), db, pool).build()) {
            Workflow<String, String> workflow = graph.add(work.workflow());
            callers = new LoadCallers(workflow, threads).start(plan.callers(), plan.seed());
            long began = System.nanoTime();
            for (int part = 1; part <= plan.parts(); part++) {
                sleepUntil(began + plan.time().toNanos() * part / plan.parts());
                latencies.add(callers.resting(() -> {
                    rest();
                    footprints.add(Footprint.take());
                }));
                tell(part, began, callers, file);
            }
            callers.end();
            compare("loaded", footprints.get(0), footprints.get(plan.parts() - 1));
            checkStates(workflow, graph, callers);
        }
        try (Sqlite db = Sqlite.open(file);
                LabGraph graph = options(LabGraph.builder(), db, pool).build()) {
            checkStates(graph.add(work.workflow()), graph, callers);
        }
        end(pool);
        return callers;
    }

    private GraphBuilder<LabGraph> options(GraphBuilder<LabGraph> builder, Sqlite db, ThreadPoolExecutor pool) {
        Duration often = plan.time().dividedBy(10);
        return builder.checkpointer(db.checkpointer())
                .cache(db.cache())
                .executor(pool)
                .parkAfter(Duration.ofMillis(60))
                .recoverEvery(often)
                .retainEvery(often, Retention.keepLast(2));
    }

    /** Like the usual one, but threads that have nothing to do end soon: one that does not end was lost in a run. */
    private static ThreadPoolExecutor pool() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_MILLIS / 2, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "load-work");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Waits for what is behind the callers; what the graph does by itself now and then, as retention, may go on. */
    private void rest() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!attempting().isEmpty() && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        if (!attempting().isEmpty()) {
            leaks.add(attempting().size() + " threads are in an attempt though nobody calls, the first at "
                    + attempting().stream().limit(3).map(Arrays::toString).toList());
        }
        Thread.sleep(IDLE_MILLIS);
    }

    /** The stacks of the threads that run a body or a task, or wait in one. */
    private List<StackTraceElement[]> attempting() {
        Map<Thread, StackTraceElement[]> stacks = new HashMap<>(Thread.getAllStackTraces());
        stacks.keySet().removeAll(others);
        return stacks.values().stream()
                .filter(frames -> Arrays.stream(frames)
                        .anyMatch(frame -> frame.getClassName().equals("dev.clew.engine.run.Attempts")))
                .toList();
    }

    private void end(ThreadPoolExecutor pool) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(20, TimeUnit.SECONDS)) {
            leaks.add(pool.getPoolSize() + " threads work though the graph is closed");
        }
    }

    private static void sleepUntil(long instant) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(instant - System.nanoTime());
    }

    private void tell(int part, long began, LoadCallers callers, Path file) throws Exception {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        System.out.printf(
                Locale.ROOT,
                "%5.1f min: %d threads, %d runs, %d wrong; %s; file=%d MB log=%d MB; %s%n",
                (System.nanoTime() - began) / 60e9,
                threads.visited(),
                callers.runs.sum(),
                callers.wrong.sum(),
                footprints.get(part - 1),
                Files.size(file) >> 20,
                (Files.exists(log) ? Files.size(log) : 0) >> 20,
                latencies.get(part - 1));
    }

    private void compare(String when, Footprint first, Footprint last) {
        leak(when, "bytes of heap", last.heap() - first.heap(), MOST_HEAP_MORE);
        leak(when, "bytes of our objects", last.ours() - first.ours(), MOST_OURS_MORE);
        leak(when, "file handles", last.handles() - first.handles(), MOST_HANDLES_MORE);
        leak(when, "Java threads", last.threads() - first.threads(), MOST_THREADS_MORE);
    }

    private void leak(String when, String what, long more, long tolerated) {
        if (more > tolerated) {
            leaks.add(when + ": " + more + " " + what + " more than at first");
        }
    }

    /** Nobody is left behind, and what is stored is what was given. */
    private void checkStates(Workflow<String, String> workflow, LabGraph graph, LoadCallers callers) {
        for (ThreadStatus unfinished : List.of(ThreadStatus.RUNNING, ThreadStatus.CRASHED, ThreadStatus.INTERRUPTED)) {
            for (ThreadSummary left : graph.threads(ThreadQuery.all().status(unfinished))) {
                callers.wrong(left.threadId() + " is left " + unfinished);
            }
        }
        int stride = Math.max(1, plan.threads() / CHECKED_AT_THE_END);
        for (int i = 0; i < plan.threads(); i += stride) {
            OptionalInt thread = threads.withValueFrom(i);
            if (thread.isPresent()) {
                String id = LoadedThreads.id(thread.getAsInt());
                String value = workflow.state(id).value();
                if (!threads.value(thread.getAsInt()).equals(value)) {
                    callers.wrong(id + " has stored " + value);
                }
                i = thread.getAsInt();
            }
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(
                        CommandLine.getCommandMethods(Load.class, "load").get(0))
                .execute(arguments));
    }

    @Command(
            name = "testing/load",
            description = "Lets many callers work on many threads of one file, and compares what the process holds.",
            showDefaultValues = true,
            mixinStandardHelpOptions = true)
    static int load(
            @Option(names = "--minutes", defaultValue = "2") double minutes,
            @Option(names = "--threads", defaultValue = "100000") int threads,
            @Option(names = "--callers", defaultValue = "64") int callers,
            @Option(names = "--seed", defaultValue = "1") long seed)
            throws Exception {
        Report report = run(new Plan(Duration.ofMillis((long) (minutes * 60_000)), threads, callers, seed));
        report.wrong().forEach(what -> System.out.println("wrong: " + what));
        report.leaks().forEach(what -> System.out.println("leak: " + what));
        System.out.println("first part: " + report.first());
        System.out.println("last part:  " + report.last());
        System.out.println(report);
        return report.isClean() ? 0 : 1;
    }
}
