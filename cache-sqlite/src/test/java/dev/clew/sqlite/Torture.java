package dev.clew.sqlite;

import dev.clew.contracts.torture.Child;
import dev.clew.contracts.torture.TortureRound;
import dev.clew.contracts.torture.TortureVerdict;
import dev.clew.flow.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tortures processes that share an SQLite file, round after round: kills them, stops them beyond their leases, fills their
 * disk, makes it read-only, and lets others go on. Counts what was promised and not kept.
 *
 * <pre>
 * testing/torture --minutes 60 --seed 7
 * </pre>
 */
public final class Torture {
    private static final int PROCESSES = 3;
    private static final long STORM_SECONDS = 20;
    /** Much, for machines with much else to do: what is unfinished after it counts as lost. */
    private static final long PATIENCE_SECONDS = 900;

    private final TortureRound round;
    private final TortureDisk disk;
    private final Random random;
    private final List<Child> children = new ArrayList<>();

    /** When those that were stopped go on. */
    private final Map<Child, Long> stopped = new HashMap<>();

    /** What nature does to all at once, besides what is done to one process. */
    private enum Trouble {
        NONE,
        FULL,
        READ_ONLY
    }

    private Trouble trouble = Trouble.NONE;
    private long troubledUntil;
    private long full;
    private long readOnly;
    private long crashes;

    private Torture(TortureRound round, TortureDisk disk) {
        this.round = round;
        this.disk = disk;
        this.random = new Random(round.seed());
    }

    /** What was done, and what was found. */
    record Report(
            long rounds,
            long steps,
            long crashes,
            long stops,
            long full,
            long readOnly,
            long resumes,
            List<String> duplicates,
            List<String> lost,
            List<String> wrong,
            Map<String, Integer> refused) {
        boolean isClean() {
            return duplicates.isEmpty() && lost.isEmpty() && wrong.isEmpty();
        }

        Report and(Report other) {
            Map<String, Integer> both = new TreeMap<>(refused);
            other.refused.forEach((reason, times) -> both.merge(reason, times, Integer::sum));
            return new Report(
                    rounds + other.rounds,
                    steps + other.steps,
                    crashes + other.crashes,
                    stops + other.stops,
                    full + other.full,
                    readOnly + other.readOnly,
                    resumes + other.resumes,
                    Stream.concat(duplicates.stream(), other.duplicates.stream())
                            .toList(),
                    Stream.concat(lost.stream(), other.lost.stream()).toList(),
                    Stream.concat(wrong.stream(), other.wrong.stream()).toList(),
                    both);
        }

        @Override
        public String toString() {
            return "steps=" + steps + " crashes=" + crashes + " resumes=" + resumes + " duplicates=" + duplicates.size()
                    + " lost=" + lost.size() + " wrong=" + wrong.size();
        }
    }

    /** Rounds of this many threads each, for so long; stops early at the first round that found something. */
    static Report run(long seed, Duration time, int threads) throws Exception {
        long until = System.nanoTime() + time.toNanos();
        Report all = new Report(0, 0, 0, 0, 0, 0, 0, List.of(), List.of(), List.of(), Map.of());
        for (long number = 0; all.isClean() && (number == 0 || System.nanoTime() < until); number++) {
            Path folder = Files.createTempDirectory("clew-torture");
            // Every fourth writes its outcomes behind: fewer promises, and other ways to break them.
            Durability durability = number % 4 == 3 ? Durability.ASYNC : Durability.SYNC;
            boolean clean;
            try (TortureDisk disk = TortureDisk.in(folder, number % 2 == 0)) {
                Report one =
                        new Torture(new TortureRound(folder, seed + number, threads, durability), disk).storm(until);
                all = all.and(one);
                clean = one.isClean();
                if (!clean) {
                    disk.copyTo(folder);
                }
            }
            if (clean) {
                delete(folder);
            } else {
                System.out.println("seed " + (seed + number) + " left its files in " + folder);
            }
        }
        return all;
    }

    private Report storm(long until) throws Exception {
        long stops = 0;
        try {
            long calm = Math.min(until, System.nanoTime() + TimeUnit.SECONDS.toNanos(STORM_SECONDS));
            boolean done = false;
            while (!done && System.nanoTime() < calm) {
                replaceTheDead();
                Thread.sleep(50 + random.nextInt(400));
                comeAndGo();
                stops += disturb(children.get(random.nextInt(children.size())));
                goOn();
                done = children.stream().anyMatch(Child::isDone);
            }
            if (!done) {
                for (Child child : children) {
                    crash(child);
                }
                end(trouble);
                endInPeace();
            }
        } finally {
            end(trouble);
            for (Child child : children) {
                child.kill();
            }
        }
        TortureVerdict verdict;
        try (Sqlite db = Sqlite.open(TortureProcess.database(round))) {
            verdict = TortureVerdict.of(round, db.checkpointer());
        }
        return new Report(
                1,
                verdict.steps(),
                crashes,
                stops,
                full,
                readOnly,
                verdict.resumes(),
                verdict.duplicates(),
                verdict.lost(),
                verdict.wrong(),
                verdict.refused());
    }

    private void replaceTheDead() throws IOException {
        children.removeIf(child -> !child.isAlive());
        while (children.size() < PROCESSES) {
            children.add(start(random.nextInt(3) == 0));
        }
    }

    private Child start(boolean troubled) throws IOException {
        return Child.start(TortureProcess.class, round.arguments(random.nextLong(), troubled));
    }

    /** Now and then the disk is full for a while, or read-only. */
    private void comeAndGo() throws Exception {
        if (trouble != Trouble.NONE) {
            if (System.nanoTime() > troubledUntil) {
                end(trouble);
            }
            return;
        }
        int what = random.nextInt(12);
        if (what == 0 && disk.canBeFull()) {
            trouble = Trouble.FULL;
            full++;
            disk.fill();
        } else if (what == 1) {
            trouble = Trouble.READ_ONLY;
            readOnly++;
            disk.readOnly(true);
        }
        troubledUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_500));
    }

    private void end(Trouble over) throws Exception {
        switch (over) {
            case FULL -> disk.empty();
            case READ_ONLY -> disk.readOnly(false);
            default -> {}
        }
        trouble = Trouble.NONE;
    }

    /** Kills or stops one, or leaves it alone; gives how many were stopped. */
    private int disturb(Child child) throws Exception {
        int what = random.nextInt(10);
        if (what < 3) {
            crash(child);
        } else if (what < 7 && !stopped.containsKey(child) && child.isAlive()) {
            long lease = TortureProcess.LEASE.toMillis();
            long millis = random.nextBoolean() ? random.nextInt(200) : lease + random.nextLong(lease);
            stopped.put(child, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
            child.signal("STOP");
            return 1;
        }
        return 0;
    }

    private void crash(Child child) throws InterruptedException {
        if (child.isAlive()) {
            child.kill();
            crashes++;
        }
        stopped.remove(child);
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

    /** What is unfinished now never will be. */
    private void endInPeace() throws Exception {
        Child last = start(false);
        children.add(last);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (last.isAlive() && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        last.kill();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(
                        CommandLine.getCommandMethods(Torture.class, "torture").get(0))
                .execute(arguments));
    }

    @Command(
            name = "testing/torture",
            description = "Kills, stops and hinders processes that share a file, and lets others continue.",
            showDefaultValues = true,
            mixinStandardHelpOptions = true)
    static int torture(
            @Option(names = "--minutes", defaultValue = "3") double minutes,
            @Option(names = "--seed", description = "default: the time") Long seed,
            @Option(names = "--threads", defaultValue = "24", description = "of each round") int threads)
            throws Exception {
        long first = seed == null ? System.currentTimeMillis() : seed;
        System.out.println("seed " + first);
        Report report = run(first, Duration.ofSeconds((long) (minutes * 60)), threads);
        report.duplicates().forEach(step -> System.out.println("duplicate: " + step));
        report.lost().forEach(what -> System.out.println("lost: " + what));
        report.wrong().forEach(what -> System.out.println("wrong: " + what));
        report.refused().forEach((reason, times) -> System.out.println(times + " times " + reason));
        System.out.println(report.rounds() + " rounds, " + report.stops() + " times stopped, " + report.full()
                + " times full, " + report.readOnly() + " times read-only");
        System.out.println(report);
        return report.isClean() ? 0 : 1;
    }
}
