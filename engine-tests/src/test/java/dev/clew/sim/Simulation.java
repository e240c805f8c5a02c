package dev.clew.sim;

import dev.clew.GraphBuilder;
import dev.clew.LabGraph;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.queue.QueueQuery;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Runs one program under one schedule: the processes, the people, and what nature does to them; then looks at what is left. */
final class Simulation {
    static final String THREAD = "t";
    /** Short, because each second that somebody waits for a lease costs turns. */
    private static final Duration LEASE = Duration.ofSeconds(2);

    /** Longer than a graph takes to close, and than leases last. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_TURNS = 400_000;

    private final Program program;
    private final Schedule schedule;
    private final Crossings crossings;
    private final Demand demand;
    private final Slips.Counter slips;
    private final Scheduler scheduler;
    private final World world;
    private final Disk disk;
    private final Random random;
    private final TaskCache cache;
    private final WorkflowSpec<String, String> spec;
    private final List<WorkflowSpec<String, String>> others = new ArrayList<>();
    /** What detached children were started with. */
    private final Map<Program, String> inputs = new HashMap<>();

    private final List<Host> hosts = new ArrayList<>();
    private final List<Host> all = new ArrayList<>();
    private final List<Trouble> troubles;
    private long lastTrouble;
    private boolean over;
    private boolean forgetful;
    private boolean writersHeld;
    private int blackouts;
    private int losses;

    private Simulation(Simulator.Case next, Carriers carriers) {
        this(next.program(), next.schedule(), next.crossings(), next.slips(), next.demand(), carriers);
    }

    private Simulation(
            Program program, Schedule schedule, Crossings crossings, Slips slips, Demand demand, Carriers carriers) {
        this.demand = demand;
        this.crossings = crossings;
        this.program = program;
        this.schedule = schedule;
        this.random = new Random(~schedule.seed());
        this.scheduler = new Scheduler(
                new Random(schedule.seed()),
                new Scheduler.Pace(schedule.preempts(), schedule.points(), schedule.priorities(), MOST_TURNS),
                carriers);
        this.slips = slips.counter(scheduler);
        scheduler.makeRoom(crossings.room());
        Surroundings here = new Surroundings() {
            /** Longer than processes stand still and clocks jump: what was given up has happened by then, or never does. */
            @Override
            public Duration settle() {
                return Duration.ofSeconds(30);
            }

            @Override
            public void nap(long millis) throws InterruptedException {
                scheduler.nap(millis * 1_000_000);
            }

            @Override
            public void point() {
                scheduler.yieldTurn();
            }

            @Override
            public void note(String text) {
                scheduler.note(text);
            }

            @Override
            public RunConfig ofChild(RunConfig own) {
                return demand.children() ? own.queue(Demand.QUEUE) : own;
            }

            @Override
            public Workflow<String, String> workflow(String name) {
                return scheduler.current().host.other(name);
            }

            @Override
            public Deploy deploy() {
                return deployOf(scheduler.current().host);
            }

            @Override
            public void starting(Program child, String input) {
                String before = inputs.put(child, input);
                world.check(
                        before == null || before.equals(input), "P2: %s began with %s and %s", child, before, input);
            }

            @Override
            public BooleanSupplier suspicion() {
                Host host = scheduler.current().host;
                return () -> host != null && host.isSuspect();
            }
        };
        this.world = new World(here);
        world.limit(demand.invokes() ? 0 : demand.global());
        this.disk = new Disk(scheduler, world, schedule.durability());
        this.cache = TaskCache.inMemory(100, scheduler.clock());
        Interpreter interpreter = new Interpreter(world, here);
        this.spec = interpreter.workflow(program);
        this.others.add(Bystander.WORKFLOW);
        program.detached().map(interpreter::detached).forEach(others::add);
        this.troubles = new ArrayList<>(schedule.troubles());
    }

    /**
     * What came of it.
     *
     * @param fault what went wrong, or null
     * @param trace a number that stands for all choices that were made
     * @param interleaving a number that stands for where fibers went on before others
     * @param told the story, where it was asked for
     */
    record Result(String fault, long turns, long trace, long interleaving, String told) {}

    static Result run(Program program, Schedule schedule, Carriers carriers, boolean tell) {
        return run(new Simulator.Case(program, schedule, Crossings.NONE), carriers, tell);
    }

    static Result run(Simulator.Case next, Carriers carriers, boolean tell) {
        return new Simulation(next, carriers).run(tell);
    }

    /** The same on a disk that says it has synced, and has not. */
    static Result runOnLyingDisk(Program program, Schedule schedule, Carriers carriers) {
        Simulation simulation = new Simulation(new Simulator.Case(program, schedule, Crossings.NONE), carriers);
        simulation.disk.lie();
        return simulation.run(false);
    }

    /** The same with readers that miss an event now and then, which they must find out. */
    static Result runWithForgetfulReaders(Simulator.Case next, Carriers carriers) {
        Simulation simulation = new Simulation(next, carriers);
        simulation.forgetful = true;
        return simulation.run(false);
    }

    /** The same where nothing is committed while a run waits for a reader. */
    static Result runWithHeldWriters(Simulator.Case next, Carriers carriers) {
        Simulation simulation = new Simulation(next, carriers);
        simulation.writersHeld = true;
        return simulation.run(false);
    }

    /** The same where the queue does something wrong. */
    static Result runWithWrongQueue(Simulator.Case next, Disk.QueueFault fault, Carriers carriers) {
        Simulation simulation = new Simulation(next, carriers);
        simulation.disk.err(fault);
        return simulation.run(false);
    }

    private Result run(boolean tell) {
        if (tell) {
            scheduler.tell();
        }
        scheduler.beforeTurns(this::trouble);
        String fault;
        try {
            fault = scheduler.run(this::live);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        all.forEach(host -> host.door().shut());
        all.forEach(host -> Host.forget(host));
        if (!world.violations().isEmpty()) {
            fault = world.violations() + (fault == null ? "" : "\n" + fault);
        }
        return new Result(fault, scheduler.turns(), scheduler.trace(), scheduler.interleaving(), scheduler.told());
    }

    // --- the main fiber ---

    private void live() {
        for (int i = 0; i < schedule.hosts(); i++) {
            hosts.add(host());
        }
        List<CompletableFuture<?>> clients = demand.isEmpty() ? clients() : queuePeople();
        cross();
        List<CompletableFuture<?>> guardians = guard();
        scheduler.join(CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)));
        over = true;
        scheduler.join(CompletableFuture.allOf(guardians.toArray(CompletableFuture[]::new)));
        scheduler.beforeTurns(() -> {});
        check();
        if (!slips.thrown().isEmpty()) {
            checkSurvived();
        }
    }

    private List<CompletableFuture<?>> clients() {
        List<CompletableFuture<?>> clients = new ArrayList<>();
        for (int i = 0; i < schedule.clients(); i++) {
            Client client = new Client(this, scheduler, world, new Random(schedule.seed() + i + 1));
            clients.add(spawn("client" + i, client::live));
        }
        return clients;
    }

    /** Those who enqueue, and those who look after the threads. */
    private List<CompletableFuture<?>> queuePeople() {
        Random own = new Random(schedule.seed() ^ 0x90EDL);
        List<CompletableFuture<?>> people = new ArrayList<>();
        for (int i = 0; i < demand.people(); i++) {
            Customer customer = new Customer(this, scheduler, world, new Random(own.nextLong()));
            people.add(spawn("customer" + i, customer::live));
        }
        for (String thread : queueThreads()) {
            Minder minder = new Minder(this, scheduler, world, new Random(own.nextLong()), thread);
            people.add(spawn("minder of " + thread, minder::live));
        }
        return people;
    }

    private List<String> queueThreads() {
        return demand.wanted().stream()
                .map(Demand.Wanted::thread)
                .distinct()
                .sorted()
                .toList();
    }

    private CompletableFuture<Void> spawn(String name, Runnable life) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        scheduler.spawn(null, name, () -> {
            life.run();
            done.complete(null);
        });
        return done;
    }

    /** Each child on a thread of its own has somebody who looks after it. */
    private List<CompletableFuture<?>> guard() {
        Random own = new Random(schedule.seed() ^ 0xDE7AC4EDL);
        List<CompletableFuture<?>> ends = new ArrayList<>();
        program.detached().forEach(child -> {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            Guardian guardian = new Guardian(this, scheduler, world, new Random(own.nextLong()), child);
            scheduler.spawn(null, "guardian", () -> {
                guardian.live();
                end.complete(null);
            });
        });
        return ends;
    }

    /** Those who only cross the run's way live as long as it does. */
    private void cross() {
        Random own = new Random(schedule.seed() ^ 0x5DEECE66DL);
        for (Reader reader : crossings.readers()) {
            Listener listener = new Listener(this, scheduler, world, new Random(own.nextLong()), reader);
            scheduler.spawn(null, "listener", listener::live);
        }
        if (crossings.beside()) {
            Bystander bystander = new Bystander(this, scheduler, world, new Random(own.nextLong()));
            scheduler.spawn(null, "bystander", bystander::live);
        }
    }

    private Host host() {
        Host host = new Host(scheduler, all.size());
        Door door = new Door(scheduler, disk, host, random);
        door.holdForReaders(writersHeld);
        GraphBuilder<LabGraph> builder = LabGraph.builder()
                .checkpointer(slips.on(door))
                .durability(schedule.durability())
                .maxConcurrency(schedule.most())
                .parkAfter(schedule.parkAfter())
                .streamStall(Listener.STALL)
                .codec(slips.on(deployOf(host).codec()))
                .closeTimeout(random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(5))
                .listener(slips.listener())
                .taskDecorator(slips.decorator())
                .cache(slips.on(cache));
        boolean works = all.isEmpty() || all.size() >= schedule.hosts();
        if (demand.hasWorkers() && (works || random.nextInt(3) > 0)) {
            builder.worker(demand.worker());
        }
        SimulatedWorld home = new SimulatedWorld(scheduler, host, random);
        host.set(door, LabGraph.lease(builder, LEASE).world(home).build(), graph -> graph.add(spec));
        others.forEach(host::add);
        all.add(host);
        return host;
    }

    Demand demand() {
        return demand;
    }

    /** Whether a run for this thread waits for a worker. */
    boolean isQueued(String thread) {
        return disk.store().queue().list(QueueQuery.all().thread(thread)).stream()
                .anyMatch(row -> !row.state().isOver());
    }

    /** What became of requests. */
    Lines lines() {
        return disk.lines();
    }

    Program program() {
        return program;
    }

    Schedule schedule() {
        return schedule;
    }

    /** Somebody who can be asked; null where there is nobody. */
    Host anyHost(Random by) {
        Host host = hosts.get(by.nextInt(hosts.size()));
        return host.isDead() || host.isClosing() ? null : host;
    }

    /** Whether the code is deployed anew, process by process, with values of another type. */
    boolean isDeployed() {
        return program.has(Program.Kind.DRAFT);
    }

    /** Every other process has the newer version from the beginning, and all that come later. */
    private Deploy deployOf(Host host) {
        boolean newer = host.id() % 2 == 1 || host.id() >= schedule.hosts();
        return isDeployed() && newer ? Deploy.NEW : Deploy.OLD;
    }

    /** Whether readers miss events. */
    boolean isForgetful() {
        return forgetful;
    }

    /** Whether nobody asks any more what became of the run. */
    boolean isOver() {
        return over;
    }

    /** Whether the run has its value. */
    boolean isCompleted() {
        return disk.store()
                .run(THREAD, Client.RUN_ID)
                .filter(run -> run.status() == ThreadStatus.IDLE)
                .isPresent();
    }

    /** What a detached child was started with. */
    String inputOf(Program child) {
        return inputs.get(child);
    }

    /** When something came over the processes last. */
    long lastTrouble() {
        return lastTrouble;
    }

    /** Which steps' successes are stored. */
    List<Ledger.Success> stored() {
        return disk.ledger().of(THREAD, Client.RUN_ID);
    }

    List<Host> hosts() {
        return hosts;
    }

    // --- what nature does ---

    private void trouble() {
        if (hosts.size() < schedule.hosts()) {
            return;
        }
        for (int i = 0; i < troubles.size(); i++) {
            Trouble trouble = troubles.get(i);
            if (trouble.at() <= scheduler.turns()) {
                troubles.remove(i--);
                scheduler.spawn(null, "nature", () -> come(trouble)).priority = Long.MAX_VALUE;
            }
        }
    }

    private void come(Trouble trouble) {
        int slot = trouble.host() % hosts.size();
        Host host = hosts.get(slot);
        lastTrouble = scheduler.nanos() + Duration.ofMillis(trouble.millis()).toNanos();
        scheduler.note(trouble + " for " + host);
        Duration length = Duration.ofMillis(trouble.millis());
        losses += trouble.kind().forgets() ? 1 : 0;
        switch (trouble.kind()) {
            case POWER -> {
                for (Host each : hosts) {
                    die(each, true);
                }
                disk.losePower();
                blackouts++;
                checkKept();
                for (int i = 0; i < hosts.size(); i++) {
                    replace(i);
                }
            }
            case KILLED, LOST -> {
                if (!host.isDead()) {
                    die(host, trouble.kind() == Trouble.Kind.KILLED);
                    checkKept();
                    replace(slot);
                }
            }
            case CLOSES -> close(host, slot);
            case STALLS -> host.stall(scheduler.nanos() + length.toNanos());
            case FAILS -> host.door().fail(Door.Fault.FAILS);
            case FAILS_STORED -> host.door().fail(Door.Fault.FAILS_STORED);
            case OUTAGE -> host.door().breakFor(length);
            case SLOW -> host.door().slowFor(length);
            default -> {
                scheduler.jump(length);
                hosts.forEach(each -> each.stall(scheduler.nanos()));
            }
        }
    }

    private void checkKept() {
        if (schedule.durability() == dev.clew.flow.Durability.SYNC) {
            world.checkNothingIsLost();
        }
    }

    private void die(Host host, boolean known) {
        if (!host.isDead()) {
            host.die();
            if (known) {
                Host.forget(host);
            }
        }
    }

    private void replace(int slot) {
        scheduler.sleep(random.nextInt(3_000_000));
        while (hosts.get(slot).isDead()) {
            int before = blackouts;
            Host begins = host();
            if (before == blackouts && hosts.get(slot).isDead()) {
                hosts.set(slot, begins);
                scheduler.note(begins + " begins");
            } else {
                // A process with a worker looks at its queue as it begins, and others did not wait.
                die(begins, true);
            }
        }
    }

    private void close(Host host, int slot) {
        if (host.isDead() || host.isClosing()) {
            return;
        }
        host.closing();
        CompletableFuture<Boolean> closed = host.call("close", () -> {
            host.graph().close();
            return true;
        });
        scheduler.join(CompletableFuture.anyOf(closed.handle((done, failed) -> true), host.died()));
        scheduler.note(host + " is closed");
        die(host, true);
        replace(slot);
    }

    // --- what is left ---

    /** How often something came that may lose what a process has in memory only. */
    int losses() {
        return losses;
    }

    /** How often the power has failed. */
    int blackouts() {
        return blackouts;
    }

    /**
     * A run that was cancelled does not go on, wherever it was executed. Where the power failed since somebody looked, what
     * was seen may be gone: it can be read before it is synced.
     */
    void requireRest(long nanos, int blackoutsBefore) {
        int before = logSize();
        scheduler.sleep(nanos);
        boolean kept = blackouts == blackoutsBefore;
        world.check(!kept || logSize() == before, "the run went on after it had been cancelled");
    }

    private int logSize() {
        int[] size = {0};
        disk.store().scan(THREAD, Client.RUN_ID, 0, record -> size[0]++);
        return size[0];
    }

    private void check() {
        Set<String> answered = new HashSet<>();
        List<Long> places = new ArrayList<>();
        disk.store().scan(THREAD, Client.RUN_ID, 0, record -> {
            places.add(record.seq());
            LogEntry entry = EntryFormat.read(record.bytes(), "log");
            if (entry instanceof LogEntry.Answered answer) {
                world.check(answered.add(answer.id()), "P5: %s was answered twice", answer.path());
            } else if (entry instanceof LogEntry.Reopened open) {
                // Its check threw an error: the answer was refused.
                answered.remove(open.id());
            }
        });
        for (int i = 0; i < places.size(); i++) {
            world.check(places.get(i) == i, "the log has %s where %s was to be", places.get(i), i);
        }
        program.detached().forEach(child -> checkBegunOnce(child.thread()));
        queueThreads().forEach(this::checkRunsBegunOnce);
        checkKept();
    }

    /**
     * Whatever threw an error: nobody waits any more, no thread has an owner that lives, and every graph closes. A process
     * that was killed leaves a claim behind, which runs out.
     */
    private void checkSurvived() {
        scheduler.sleep(PATIENCE.toNanos());
        for (Host host : hosts) {
            world.check(host.waiting() == 0, "P10: %s callers of %s wait for ever", host.waiting(), host);
        }
        for (String thread : threads()) {
            boolean owned = disk.store()
                    .thread(thread)
                    .filter(found -> found.lease() != null && !found.lease().expired())
                    .isPresent();
            world.check(!owned, "P10: %s still has an owner", thread);
        }
        for (Host host : hosts) {
            if (!host.isDead() && !host.isClosing()) {
                CompletableFuture<Boolean> closed = host.call("close", () -> {
                    host.graph().close();
                    return true;
                });
                scheduler.join(closed.handle((done, failed) -> true), PATIENCE);
                world.check(closed.isDone(), "P10: %s does not close", host);
            }
        }
    }

    private List<String> threads() {
        List<String> all = new ArrayList<>(List.of(THREAD));
        program.detached().forEach(child -> all.add(child.thread()));
        return all;
    }

    private void checkBegunOnce(String thread) {
        List<CheckpointRecord> begun = begun(thread);
        world.check(begun.size() < 2, "P1: the run of %s was begun %s times", thread, begun.size());
    }

    private void checkRunsBegunOnce(String thread) {
        Set<String> runs = new HashSet<>();
        for (CheckpointRecord each : begun(thread)) {
            world.check(runs.add(each.runId()), "Q1: run %s of %s was begun twice", each.runId(), thread);
        }
    }

    private List<CheckpointRecord> begun(String thread) {
        return disk.store().checkpoints(CheckpointQuery.of(thread)).stream()
                .filter(each -> each.source() == CheckpointSource.INPUT)
                .toList();
    }
}
