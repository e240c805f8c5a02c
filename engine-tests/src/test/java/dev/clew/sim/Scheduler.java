package dev.clew.sim;

import dev.clew.engine.events.EventQueue;
import dev.clew.engine.world.Waiting;
import dev.clew.stream.StreamMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs fibers one at a time. Whoever waits, takes a lock or asks the disk gives its turn away, and a seed says who has
 * it next; the clock moves with the turns, and jumps where nobody can go on. So the same seed gives the same run.
 *
 * <p>All that is here is touched only by the fiber that has the turn.
 */
final class Scheduler extends Waiting {
    private static final long START = TimeUnit.SECONDS.toNanos(2_000_000_000L);
    private static final long LONGEST = TimeUnit.HOURS.toNanos(2);
    private static final int LONGEST_TURN = 20_000;

    private final Random random;
    private final Pace pace;
    private final Carriers carriers;
    private final List<Fiber> ready = new ArrayList<>();
    private final List<Fiber> candidates = new ArrayList<>();
    private final List<Fiber> alive = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Runnable beforeTurn = () -> {};
    private long nanos = START;
    private long turns;
    private int born;
    private long alarmsSet;
    private long lowest;
    private int room = 256;
    private int awaiting;
    private long trace = 17;
    private long interleaving = 17;
    private StringBuilder told;
    private Fiber current;
    private Fiber main;
    private String fault;
    private boolean ending;

    /**
     * How a schedule chooses.
     *
     * @param preempts how many of 100 locks that are taken may give the turn away
     * @param points how many of 100 deeds may give the turn away before they are done
     * @param priorities whether the fiber with the highest priority goes first, rather than any
     * @param most so many turns are enough for any program
     */
    record Pace(int preempts, int points, boolean priorities, long most) {}

    Scheduler(Random random, Pace pace, Carriers carriers) {
        this.random = random;
        this.pace = pace;
        this.carriers = carriers;
    }

    /** Lets a trace of all turns be written. */
    void tell() {
        told = new StringBuilder();
    }

    /** Called before each turn is given; may make fibers, not wait. */
    void beforeTurns(Runnable look) {
        beforeTurn = look;
    }

    /** Runs the main fiber, and whatever it starts, until it ends; says what went wrong, or null. */
    String run(Runnable work) throws InterruptedException {
        main = spawn(null, "main", work);
        ready.clear();
        current = main;
        carriers.begin(this, main);
        over.await();
        return fault;
    }

    long turns() {
        return turns;
    }

    /** A number that differs where any turn was given to another fiber. */
    long trace() {
        return trace;
    }

    /** A number that differs where a fiber went on at another place of the one before it. */
    long interleaving() {
        return interleaving;
    }

    String told() {
        return told == null ? "" : told.toString();
    }

    /** Adds something to the story. */
    void note(String text) {
        trace = trace * 31 + text.hashCode();
        if (told != null) {
            told.append(turns)
                    .append(' ')
                    .append(nanos - START)
                    .append(" -- ")
                    .append(text)
                    .append('\n');
        }
    }

    // --- time ---

    long nanos() {
        return nanos;
    }

    Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    void jump(Duration by) {
        nanos += by.toNanos();
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("always UTC");
            }
        };
    }

    Alarm alarm(Host host, String name, long delay, Runnable work) {
        long due = nanos + Math.max(0, Math.min(delay, Long.MAX_VALUE / 4));
        Alarm alarm = new Alarm(due, alarmsSet++, host, name, work);
        alarms.add(alarm);
        return alarm;
    }

    // --- fibers ---

    Fiber current() {
        return current;
    }

    Fiber spawn(Host host, String name, Runnable work) {
        Fiber fiber = new Fiber(born++, name, host, work);
        fiber.priority = random.nextInt(1_000_000);
        if (host != null && host.isDead() || ending) {
            fiber.done = true;
            return fiber;
        }
        alive.add(fiber);
        ready.add(fiber);
        return fiber;
    }

    /** Gives the turn away, perhaps to itself. */
    void yieldTurn() {
        requireAlive();
        if (current.locks == 0) {
            ready.add(current);
            giveTurn();
        }
    }

    /** The engine is about to do something that others see, and another fiber may go first. */
    @Override
    public void point() {
        if (!isOver() && pace.points > 0) {
            requireAlive();
            preempt(pace.points);
        }
    }

    private void preempt(int percent) {
        current.points++;
        if (current.locks == 0 && random.nextInt(100) < percent) {
            yieldTurn();
        }
    }

    /** Lets time pass for the current fiber. */
    void nap(long length) throws InterruptedException {
        requireAlive();
        Fiber me = current;
        if (!me.interrupted) {
            me.napping = true;
            Alarm waker = alarm(null, "nap", length, () -> {
                if (me.napping) {
                    me.napping = false;
                    ready.add(me);
                }
            });
            giveTurn();
            waker.cancel(false);
        }
        if (me.interrupted) {
            me.interrupted = false;
            throw new InterruptedException("a nap was interrupted");
        }
    }

    /** Lets time pass for a fiber that nobody interrupts. */
    void sleep(long length) {
        try {
            nap(length);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    /** All threads of a process are gone, at once. */
    void kill(Host host) {
        for (Fiber fiber : List.copyOf(alive)) {
            if (fiber.host == host) {
                kill(fiber);
            }
        }
    }

    private void kill(Fiber victim) {
        if (victim.done || victim == current) {
            return;
        }
        ready.remove(victim);
        victim.killed = true;
        victim.parked = false;
        victim.napping = false;
        Fiber me = current;
        if (victim.carrier == null) {
            finish(victim);
            return;
        }
        victim.reaper = me;
        current = victim;
        Carrier mine = me.carrier;
        victim.carrier.wake();
        mine.awaitTurn();
        current = me;
    }

    private void finish(Fiber fiber) {
        fiber.done = true;
        alive.remove(fiber);
    }

    private void requireAlive() {
        if (current.killed) {
            throw new Killed();
        }
    }

    // --- turns ---

    private void giveTurn() {
        Fiber me = current;
        Fiber next = choose();
        if (next != me) {
            Carrier mine = me.carrier;
            handTo(next);
            mine.awaitTurn();
        }
        requireAlive();
    }

    /** Runs a fiber on its carrier; says who is next. */
    Fiber runToEnd(Fiber fiber) {
        try {
            fiber.work.run();
        } catch (Killed died) {
            // As it should.
        } catch (Throwable thrown) {
            if (!fiber.killed) {
                java.io.StringWriter text = new java.io.StringWriter();
                thrown.printStackTrace(new java.io.PrintWriter(text));
                fail(fiber + " threw " + text);
            }
        }
        finish(fiber);
        if (fiber.reaper != null) {
            return fiber.reaper;
        }
        return fiber == main || fault != null ? end() : choose();
    }

    /** Ends the world: whoever is still there is killed; the last one tells. */
    private Fiber end() {
        if (!ending) {
            ending = true;
            ready.clear();
        }
        for (Fiber victim : List.copyOf(alive)) {
            if (victim.carrier != null) {
                victim.killed = true;
                current = victim;
                return victim;
            }
            finish(victim);
        }
        return null;
    }

    /** With null, all is over. */
    void handTo(Fiber next) {
        if (next == null) {
            over.countDown();
            return;
        }
        if (next.carrier == null) {
            carriers.begin(this, next);
        } else {
            next.carrier.wake();
        }
    }

    private void fail(String why) {
        if (fault == null) {
            fault = why;
        }
    }

    private Fiber choose() {
        if (ending) {
            return end();
        }
        turns++;
        nanos += random.nextInt(LONGEST_TURN);
        ring();
        beforeTurn.run();
        find();
        while (candidates.isEmpty()) {
            long next = nextMoment();
            if (next == Long.MAX_VALUE || next > START + LONGEST || turns > pace.most) {
                fail("nobody can go on" + dump());
                return end();
            }
            nanos = Math.max(nanos, next);
            turns++;
            ring();
            beforeTurn.run();
            find();
        }
        if (turns > pace.most) {
            fail("it runs on and on" + dump());
            return end();
        }
        Fiber next = pace.priorities ? first() : candidates.get(random.nextInt(candidates.size()));
        ready.remove(next);
        if (next != current) {
            interleaving = (interleaving * 31 + current.points) * 31 + next.id;
        }
        current = next;
        trace = trace * 31 + next.id;
        if (told != null) {
            told.append(turns)
                    .append(' ')
                    .append(nanos - START)
                    .append(' ')
                    .append(next)
                    .append('\n');
        }
        return next;
    }

    private Fiber first() {
        Fiber first = candidates.get(0);
        for (Fiber fiber : candidates) {
            first = fiber.priority > first.priority ? fiber : first;
        }
        if (random.nextInt(40) == 0) {
            first.priority = --lowest;
        }
        return first;
    }

    private void find() {
        candidates.clear();
        for (Fiber fiber : ready) {
            if (fiber.host == null || fiber.host.stalledUntil() <= nanos) {
                candidates.add(fiber);
            }
        }
    }

    private long nextMoment() {
        long next = Long.MAX_VALUE;
        while (!alarms.isEmpty() && alarms.peek().isCancelled()) {
            alarms.poll();
        }
        if (!alarms.isEmpty()) {
            next = alarms.peek().due;
        }
        for (Fiber fiber : ready) {
            next = Math.min(next, fiber.host.stalledUntil());
        }
        return next;
    }

    private void ring() {
        while (!alarms.isEmpty() && alarms.peek().due <= nanos) {
            Alarm alarm = alarms.poll();
            if (!alarm.isCancelled()) {
                if (alarm.host == null) {
                    alarm.run();
                } else {
                    spawn(alarm.host, alarm.name, alarm);
                }
            }
        }
    }

    private String dump() {
        StringBuilder text = new StringBuilder();
        for (Fiber fiber : alive) {
            text.append('\n').append(fiber).append(fiber.parked ? " parked" : "");
            if (fiber.carrier != null && fiber != current) {
                for (StackTraceElement frame : fiber.carrier.getStackTrace()) {
                    if (frame.getClassName().startsWith("dev.clew")) {
                        text.append("\n    ").append(frame);
                    }
                }
            }
        }
        return text.toString();
    }

    // --- what the engine waits with ---

    @Override
    public ReentrantLock lock() {
        return new SimulatedLock(this);
    }

    /** Somebody takes a lock, and another one may go first. */
    void beforeLock() {
        requireAlive();
        preempt(pace.preempts);
    }

    /** Nobody gives turns any more. */
    boolean isOver() {
        return over.getCount() == 0;
    }

    /** How many events wait for the reader of a stream before its run waits for him. */
    void makeRoom(int events) {
        room = events;
    }

    /** A run begins to wait for a reader, or goes on. */
    void awaitsReader(int more) {
        awaiting += more;
    }

    boolean awaitsReader() {
        return awaiting > 0;
    }

    @Override
    public EventQueue queue(Collection<StreamMode> modes, Duration stall) {
        return new EventQueue(modes, stall, room, lock());
    }

    @Override
    public void park(Object on) {
        requireAlive();
        Fiber me = current;
        requireNoLock();
        if (!me.unparked && !me.interrupted) {
            me.parked = true;
            giveTurn();
        }
        me.unparked = false;
    }

    private void requireNoLock() {
        if (current.locks > 0) {
            throw new AssertionError("a thread waits while it holds a lock");
        }
    }

    @Override
    public void unpark(Thread thread) {
        if (thread instanceof Carrier carrier && carrier.fiber() != null) {
            Fiber fiber = carrier.fiber();
            if (!wake(fiber)) {
                fiber.unparked = true;
            }
        }
    }

    private boolean wake(Fiber fiber) {
        if (fiber.parked && !fiber.killed) {
            fiber.parked = false;
            ready.add(fiber);
            return true;
        }
        return false;
    }

    @Override
    public void interrupt(Thread thread) {
        if (thread instanceof Carrier carrier && carrier.fiber() != null) {
            Fiber fiber = carrier.fiber();
            if (fiber.host == null || fiber.host != current.host) {
                // The thread it is meant for died with its process.
                return;
            }
            fiber.interrupted = true;
            if (fiber.napping) {
                fiber.napping = false;
                ready.add(fiber);
            }
            wake(fiber);
        }
    }

    @Override
    public boolean interrupted() {
        boolean was = current.interrupted;
        current.interrupted = false;
        return was;
    }

    @Override
    public <T> T join(CompletableFuture<T> result) {
        requireAlive();
        if (!result.isDone()) {
            requireNoLock();
            Fiber me = current;
            me.parked = true;
            result.whenComplete((value, failure) -> wake(me));
            while (!result.isDone()) {
                me.parked = true;
                giveTurn();
            }
            me.parked = false;
        }
        return result.join();
    }

    @Override
    public boolean join(CompletableFuture<?> end, Duration atMost) {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        end.whenComplete((value, failure) -> first.complete(true));
        Alarm late = alarm(null, "late", atMost.toNanos(), () -> first.complete(false));
        boolean came = join(first);
        late.cancel(false);
        return came;
    }
}
