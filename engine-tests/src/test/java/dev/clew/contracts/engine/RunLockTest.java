package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.engine.world.Courier;
import dev.clew.engine.world.Machine;
import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.Waiting;
import dev.clew.engine.world.World;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.task.TaskFuture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a step uses the lock of its run: it is what all threads of a run wait for. */
class RunLockTest {
    private static final int FEW = 100;
    private static final int MANY = 300;

    /** The lease is looked after now and then, and the ends of two runs differ; far less than one use for each leaf. */
    private static final int SPARE = 20;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSequentialLeafUsesTheRunLockAtMostThreeTimes(Durability durability) {
        long uses = locksOf(MANY, durability).first - locksOf(FEW, durability).first;

        assertThat(uses).isLessThan(3 * (MANY - FEW) + SPARE);
    }

    /** One of the four is for the permit: it comes when another leaf ends. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLeafOfAFanOutUsesTheRunLockAtMostFourTimes(Durability durability) {
        long uses = fanOut(MANY, durability) - fanOut(FEW, durability);

        assertThat(uses).isLessThan(4 * (MANY - FEW) + SPARE);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aReplayedLeafUsesTheRunLockAtMostTwice(Durability durability) {
        long uses = locksOf(MANY, durability).replay - locksOf(FEW, durability).replay;

        assertThat(uses).isLessThan(2 * (MANY - FEW) + SPARE);
    }

    /** How often the run's lock was taken up to a question after so many leaves, and in the replay up to the end. */
    private record Locks(long first, long replay) {}

    private static long fanOut(int leaves, Durability durability) {
        CountingWaiting waiting = new CountingWaiting();
        try (Lab lab = new Lab(Checkpointer.inMemory(), durability)) {
            lab.options(graph -> graph.world(new CountingWorld(waiting))).body((input, calls, run) -> {
                List<TaskFuture<String>> called = new ArrayList<>();
                for (int i = 0; i < leaves; i++) {
                    called.add(calls.task("t", "" + i, s -> s));
                }
                return "" + TaskFuture.allOf(called).size();
            });
            lab.workflow().invoke("in", RunConfig.thread("t"));
            return waiting.runs.get();
        }
    }

    private static Locks locksOf(int leaves, Durability durability) {
        CountingWaiting waiting = new CountingWaiting();
        try (Lab lab = new Lab(Checkpointer.inMemory(), durability)) {
            lab.options(graph -> graph.world(new CountingWorld(waiting))).body((input, calls, run) -> {
                for (int i = 0; i < leaves; i++) {
                    calls.task("t", "" + i, s -> s).join();
                }
                return "" + run.interrupt("go on?");
            });
            lab.workflow().invoke("in", RunConfig.thread("t"));
            long first = waiting.runs.get();
            lab.workflow().invoke(Command.resume("yes"), RunConfig.thread("t"));
            return new Locks(first, waiting.runs.get() - first);
        }
    }

    /** Counts the uses of the first lock of each session, which is that of its run. */
    private static final class CountingWaiting extends Waiting {
        private final AtomicLong made = new AtomicLong();
        private final AtomicLong runs = new AtomicLong();

        @Override
        public ReentrantLock lock() {
            return made.getAndIncrement() % 2 == 0 ? new CountedLock(runs) : super.lock();
        }
    }

    private static final class CountedLock extends ReentrantLock {
        private static final long serialVersionUID = 1;

        private final transient AtomicLong uses;

        CountedLock(AtomicLong uses) {
            this.uses = uses;
        }

        @Override
        public void lock() {
            super.lock();
            if (getHoldCount() == 1) {
                uses.incrementAndGet();
            }
        }
    }

    /** This machine, with locks that count. */
    private record CountingWorld(World machine, Waiting waiting) implements World {
        CountingWorld(Waiting waiting) {
            this(new Machine(Clock.systemUTC()), waiting);
        }

        @Override
        public Instant now() {
            return machine.now();
        }

        @Override
        public long nanos() {
            return machine.nanos();
        }

        @Override
        public Future<?> after(Duration delay, Runnable work) {
            return machine.after(delay, work);
        }

        @Override
        public Repeating every(Duration pause, String name, Runnable work) {
            return machine.every(pause, name, work);
        }

        @Override
        public long fresh() {
            return machine.fresh();
        }

        @Override
        public double chance() {
            return machine.chance();
        }

        /** Sends no second thread after a leaf, so that each is run by the thread that joins it. */
        @Override
        public Courier courier() {
            return round -> {};
        }

        @Override
        public Executor executor(Executor given) {
            return machine.executor(given);
        }

        @Override
        public void close() {
            machine.close();
        }
    }
}
