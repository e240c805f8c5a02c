package dev.clew.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs schedules, one per seed, on all processors.
 *
 * <pre>
 * testing/simulate --schedules 5000 --seed 1      runs seeds 1 to 5000
 * testing/simulate --schedules 1 --seed 42 --tell  replays one, with every turn
 * </pre>
 */
public final class Simulator {
    private static final int RESEEDS = 20;
    private static final int MOST_FAULTS = 5;
    /** Every so manieth seed has a queue. */
    private static final int QUEUE_SHARE = 5;

    private Simulator() {}

    /** One seed's case, and what came of it. */
    record Case(Program program, Schedule schedule, Crossings crossings, Slips slips, Demand demand) {
        Case(Program program, Schedule schedule, Crossings crossings, Slips slips) {
            this(program, schedule, crossings, slips, Demand.NONE);
        }

        Case(Program program, Schedule schedule, Crossings crossings) {
            this(program, schedule, crossings, Slips.NONE);
        }

        /** What the seed gives where calls of code from outside the engine throw errors, too. */
        static Case slipping(long seed) {
            Case sound = of(seed);
            Random apart = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x511BL);
            return new Case(sound.program(), sound.schedule(), Crossings.NONE, Slips.random(apart));
        }

        /** What the seed gives where graphs are among the program's parts. */
        static Case withGraphs(long seed) {
            Case plain = plain(seed);
            Random apart = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x62A9L);
            Program program = plain.program().withGraphs(apart);
            int points = new int[] {0, 10, 50}[apart.nextInt(3)];
            return new Case(program, Schedule.random(apart, program).withPoints(points), Crossings.NONE);
        }

        /** What the seed gives where effects are among the program's parts that must not happen twice. */
        static Case withEffects(long seed) {
            Case plain = plain(seed);
            Random apart = new Random(seed * 0x9E3779B97F4A7C15L ^ 0xEFFEC7L);
            Program program = plain.program().withEffects(apart);
            int points = new int[] {0, 10, 50}[apart.nextInt(3)];
            return new Case(program, Schedule.random(apart, program).withPoints(points), Crossings.NONE);
        }

        /** What the seed gives where requests wait in a queue for workers. */
        static Case queued(long seed) {
            Random apart = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x90E0EL);
            if (apart.nextInt(4) == 0) {
                Program parent = Program.random(apart).withDetached(apart);
                Schedule plain = Schedule.random(apart, parent);
                return new Case(parent, plain, Crossings.NONE, Slips.NONE, Demand.ofChildren(apart));
            }
            Program program = Program.brief(apart);
            Demand demand = Demand.random(apart);
            Schedule schedule =
                    Schedule.random(apart, program).stretched(demand.wanted().size());
            int points = new int[] {0, 10, 50}[apart.nextInt(3)];
            return new Case(program, schedule.withPoints(points), Crossings.NONE, Slips.NONE, demand);
        }

        /** One of several seeds has a queue. */
        static Case mixed(long seed) {
            return seed % QUEUE_SHARE == 0 ? queued(seed) : of(seed);
        }

        static Case of(long seed) {
            Case atLocks = atLocks(seed);
            Random apart = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x9017_75L);
            int points = new int[] {0, 10, 50}[apart.nextInt(3)];
            return new Case(atLocks.program(), atLocks.schedule().withPoints(points), atLocks.crossings());
        }

        /** What the seed gave before a turn could be given away at deeds, too. */
        static Case atLocks(long seed) {
            Case unguarded = unguarded(seed);
            Random apart = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x6A4DL);
            // A reader is told of a step again if another call takes its place in a new attempt.
            return apart.nextInt(3) > 0
                    ? unguarded
                    : new Case(unguarded.program().withGuards(apart), unguarded.schedule(), Crossings.NONE);
        }

        /** What the seed gave before failures were handled. */
        static Case unguarded(long seed) {
            Case plain = plain(seed);
            Random apart = new Random(seed * 0x9E3779B97F4A7C15L ^ 0xC105517L);
            Crossings drawn = Crossings.random(apart);
            // While a run waits for a reader, the timeouts of its tasks go on, and what is told of late steps is
            // dropped.
            boolean timed = plain.program().has(Program.Kind.SLOW_SCOPE)
                    || plain.program().has(Program.Kind.SLOW);
            Crossings crossings = timed ? Crossings.NONE : drawn;
            Program program = apart.nextInt(6) == 0 ? plain.program().withDraft(apart) : plain.program();
            program = apart.nextInt(4) == 0 ? program.withDetached(apart) : program;
            return new Case(program, plain.schedule(), crossings);
        }

        /** What the seed gave before there were crossings and detached children. */
        static Case plain(long seed) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Program program = Program.random(random);
            return new Case(program, Schedule.random(random, program), Crossings.NONE);
        }

        Simulation.Result run(Carriers carriers, boolean tell) {
            return Simulation.run(this, carriers, tell);
        }

        Stream<Case> simpler() {
            return Stream.of(
                            slips.simpler().map(simpler -> new Case(program, schedule, crossings, simpler, demand)),
                            crossings.simpler().map(simpler -> new Case(program, schedule, simpler, slips, demand)),
                            demand.simpler().map(simpler -> new Case(program, schedule, crossings, slips, simpler)),
                            schedule.simpler().map(simpler -> new Case(program, simpler, crossings, slips, demand)),
                            program.smaller().map(smaller -> new Case(smaller, schedule, crossings, slips, demand)))
                    .flatMap(all -> all);
        }
    }

    /** What many schedules came to. */
    record Report(long schedules, long turns, Map<Long, String> faults) {}

    /** A turn goes from thread to thread, so that one schedule never keeps a processor busy. */
    static int workers() {
        return 2 * Runtime.getRuntime().availableProcessors();
    }

    /** Runs the schedules of seeds from this one on; stops early where many have failed. */
    static Report run(long seed, long schedules, int workers) throws InterruptedException {
        return run(Case::mixed, seed, schedules, workers, MOST_FAULTS);
    }

    /** The same where calls of code from outside the engine throw errors, too. */
    static Report runSlipping(long seed, long schedules, int workers) throws InterruptedException {
        return run(Case::slipping, seed, schedules, workers, MOST_FAULTS);
    }

    /** The same with graphs among the programs' parts. */
    static Report runGraphs(long seed, long schedules, int workers) throws InterruptedException {
        return run(Case::withGraphs, seed, schedules, workers, MOST_FAULTS);
    }

    /** The same with effects among the programs' parts that must not happen twice. */
    static Report runEffects(long seed, long schedules, int workers) throws InterruptedException {
        return run(Case::withEffects, seed, schedules, workers, MOST_FAULTS);
    }

    /** What a schedule of seeds 1 to this one is at fault for, with its seed; null if none is. Stops at the first. */
    public static String firstFault(long schedules) throws InterruptedException {
        Report report = run(Case::mixed, 1, schedules, workers(), 1);
        return report.faults().isEmpty()
                ? null
                : report.faults().entrySet().iterator().next().toString();
    }

    private static Report run(LongFunction<Case> cases, long seed, long schedules, int workers, int mostFaults)
            throws InterruptedException {
        AtomicLong next = new AtomicLong(seed);
        AtomicLong turns = new AtomicLong();
        AtomicLong ran = new AtomicLong();
        Map<Long, String> faults = new ConcurrentSkipListMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Thread worker = new Thread(
                    () -> {
                        try (Carriers carriers = new Carriers()) {
                            for (long s = next.getAndIncrement(); s < seed + schedules; s = next.getAndIncrement()) {
                                if (faults.size() >= mostFaults) {
                                    return;
                                }
                                Simulation.Result result = cases.apply(s).run(carriers, false);
                                turns.addAndGet(result.turns());
                                ran.incrementAndGet();
                                if (result.fault() != null) {
                                    faults.put(s, result.fault());
                                }
                            }
                        }
                    },
                    "clew-sim-" + i);
            threads.add(worker);
            worker.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Report(ran.get(), turns.get(), new TreeMap<>(faults));
    }

    /** The simplest case found that fails too; other choices of who goes on are tried with each. */
    static Case shrunk(Case failing, Carriers carriers) {
        return shrunk(failing, kind(failing.run(carriers, false).fault()), carriers);
    }

    private static String kind(String fault) {
        return fault == null ? "" : fault.substring(0, Math.min(4, fault.length()));
    }

    private static Case shrunk(Case failing, String like, Carriers carriers) {
        Optional<Case> simpler = failing.simpler()
                .flatMap(each -> Stream.iterate(0L, i -> i + 1)
                        .limit(RESEEDS)
                        .map(i -> new Case(
                                each.program(),
                                each.schedule().reseeded(each.schedule().seed() + i),
                                each.crossings(),
                                each.slips(),
                                each.demand())))
                .filter(each -> like.equals(kind(each.run(carriers, false).fault())))
                .findFirst();
        return simpler.isPresent() ? shrunk(simpler.get(), like, carriers) : failing;
    }

    /** A failed seed, for a person to read. */
    static String describe(long seed, boolean shrink) {
        return describe(Case.mixed(seed), seed, shrink);
    }

    static String describe(Case found, long seed, boolean shrink) {
        try (Carriers carriers = new Carriers()) {
            Case shown = shrink ? shrunk(found, carriers) : found;
            Simulation.Result result = shown.run(carriers, true);
            return "seed " + seed + ": " + result.fault() + "\n" + shown.program() + "\n" + shown.schedule() + "\n"
                    + shown.crossings() + "\n"
                    + shown.slips() + "\n"
                    + shown.demand() + "\n"
                    + result.told();
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(CommandLine.getCommandMethods(Simulator.class, "simulate")
                        .get(0))
                .execute(arguments));
    }

    @Command(
            name = "testing/simulate",
            description = "Runs random programs under seeded schedules, and checks what is promised after each.",
            showDefaultValues = true,
            mixinStandardHelpOptions = true)
    static int simulate(
            @Option(names = "--seed", defaultValue = "1", description = "of the first schedule") long seed,
            @Option(names = "--schedules", defaultValue = "5000") long schedules,
            @Option(names = "--workers", description = "default: two for each processor") Integer workers,
            @Option(names = "--slips", description = "code outside the engine throws errors, too") boolean slips,
            @Option(names = "--graphs", description = "graphs are among the programs' parts") boolean graphs,
            @Option(names = "--effects", description = "effects are among them that must not happen twice")
                    boolean effects,
            @Option(names = "--queues", description = "runs wait in a queue for workers, in all of them")
                    boolean queues,
            @Option(names = "--tell", description = "shows every turn of what failed") boolean tell,
            @Option(names = "--shrink", description = "looks for a simpler case that fails too") boolean shrink,
            @Option(names = "--traces", description = "prints the trace of each schedule, nothing else") boolean traces,
            @Option(names = "--plain", description = "of --traces: without crossings") boolean plain)
            throws InterruptedException {
        if (traces) {
            printTraces(plain ? Case::plain : queues ? Case::queued : Case::mixed, seed, schedules);
            return 0;
        }
        long began = System.nanoTime();
        LongFunction<Case> cases = slips
                ? Case::slipping
                : effects ? Case::withEffects : graphs ? Case::withGraphs : queues ? Case::queued : Case::mixed;
        Report report = run(cases, seed, schedules, workers == null ? workers() : workers, MOST_FAULTS);
        double seconds = (System.nanoTime() - began) / 1e9;
        report.faults().forEach((failed, fault) -> {
            System.out.println("seed " + failed + ": " + fault);
            if (tell || shrink) {
                System.out.println(describe(cases.apply(failed), failed, shrink));
            }
        });
        System.out.printf(
                "%d turns in %.1f s, %.0f schedules a second%n", report.turns(), seconds, report.schedules() / seconds);
        System.out.println("schedules=" + report.schedules() + " violations="
                + report.faults().size() + " seed=" + seed);
        return report.faults().isEmpty() ? 0 : 1;
    }

    /** For comparing two versions of the engine. */
    private static void printTraces(LongFunction<Case> cases, long seed, long schedules) {
        try (Carriers carriers = new Carriers()) {
            for (long s = seed; s < seed + schedules; s++) {
                System.out.println(s + " " + cases.apply(s).run(carriers, false).trace());
            }
        }
    }
}
