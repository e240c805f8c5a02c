package dev.clew.lab;

import dev.clew.flow.RunListener;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds whoever comes to it until it is opened, and tells of arrivals. */
final class Gate {
    private final Semaphore arrivals = new Semaphore(0);
    private boolean open;

    /** A leaf: waits for the gate, and hands its input on. */
    synchronized String pass(String input) throws InterruptedException {
        arrivals.release();
        while (!open) {
            wait();
        }
        return input;
    }

    synchronized void open() {
        open = true;
        arrivals.drainPermits();
        notifyAll();
    }

    synchronized void close() {
        open = false;
        arrivals.drainPermits();
    }

    /** Waits until somebody has arrived who was not awaited before. */
    void awaitArrival() throws InterruptedException {
        if (!arrivals.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody arrived");
        }
    }

    /** Counts a run that falls asleep as an arrival. */
    RunListener onSleep() {
        return new RunListener() {
            @Override
            public void runSleeping(RunInfo run, Instant wakeAt) {
                arrivals.release();
            }
        };
    }
}
