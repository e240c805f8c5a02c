package dev.clew.engine.world;

import dev.clew.engine.events.EventQueue;
import dev.clew.stream.StreamMode;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How the engine's threads wait for each other, and wake each other up: everything that may block one is here, so that a
 * simulation can decide who goes on, and when.
 */
public class Waiting {
    private static final Waiting REAL = new Waiting();

    protected Waiting() {}

    public static Waiting real() {
        return REAL;
    }

    /** A lock that is held for a moment only, and never while its holder waits for anything here. */
    public ReentrantLock lock() {
        return new BriefLock();
    }

    /**
     * Marks that the calling thread is about to do a deed that other threads can see, such as waking one of them or writing
     * to the store. Does nothing in production; a simulation may let another thread go first. Call it with no lock held, and
     * in no synchronized block.
     */
    public void point() {}

    /** What a run and the reader of its stream wait for each other at: the run where it is full, the reader where it is empty. */
    public EventQueue queue(Collection<StreamMode> modes, Duration stall) {
        return new EventQueue(modes, stall);
    }

    /** Blocks the calling thread until it is unparked or interrupted, or for no reason at all. */
    public void park(Object on) {
        LockSupport.park(on);
    }

    /** Lets a thread go on that is parked, or will be. */
    public void unpark(@Nullable Thread thread) {
        LockSupport.unpark(thread);
    }

    /** Asks the code that a thread runs to stop. */
    public void interrupt(Thread thread) {
        thread.interrupt();
    }

    /** Whether the calling thread was interrupted; it is not any more. */
    public boolean interrupted() {
        return Thread.interrupted();
    }

    /** Waits for a result, however long it takes; throws as {@link CompletableFuture#join()} does. */
    public <T extends @Nullable Object> T join(CompletableFuture<T> result) {
        return result.join();
    }

    /** Waits for an end, good or bad; false where it has not come in time. */
    public boolean join(CompletableFuture<?> end, Duration atMost) throws InterruptedException {
        try {
            end.get(Spans.nanos(atMost), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true;
        } catch (TimeoutException late) {
            return false;
        }
    }
}
