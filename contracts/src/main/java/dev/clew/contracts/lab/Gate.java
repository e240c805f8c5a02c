package dev.clew.contracts.lab;

import dev.clew.flow.RunListener;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds whoever comes to it until it is opened, and tells of arrivals. */
public final class Gate {
    private final Semaphore arrivals = new Semaphore(0);
    private boolean open;

    /** A leaf: waits for the gate, and hands its input on. */
    public synchronized String pass(String input) throws InterruptedException {
        arrivals.release();
        while (!open) {
            wait();
        }
        return input;
    }

    public synchronized void open() {
        open = true;
        arrivals.drainPermits();
        notifyAll();
    }

    public synchronized void close() {
        open = false;
        arrivals.drainPermits();
    }

    /** Waits until somebody has arrived who was not awaited before. */
    public void awaitArrival() throws InterruptedException {
        if (!arrivals.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody arrived");
        }
    }

    /** Counts a run that falls asleep as an arrival. */
    public RunListener onSleep() {
        return new RunListener() {
            @Override
            public void runSleeping(RunInfo run, Instant wakeAt) {
                arrivals.release();
            }
        };
    }
}
