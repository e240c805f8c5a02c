package dev.clew.testing;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Whether anything is going on in the engines of one lab. Its monitor guards the clock too, so that time never moves while
 * something happens.
 */
final class Rest {
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private int busy;
    private int awaited;

    synchronized void begins() {
        busy++;
    }

    synchronized void ends() {
        busy--;
        notifyAll();
    }

    void awaits(CompletableFuture<?> result) {
        synchronized (this) {
            awaited++;
        }
        CompletableFuture<?> unused = result.whenComplete((value, failure) -> {
            synchronized (this) {
                awaited--;
                notifyAll();
            }
        });
    }

    /** Nothing happens, and somebody waits for something to happen. Under the monitor. */
    boolean isStill() {
        return busy == 0 && awaited > 0;
    }

    /** An executor whose work counts until it ends. */
    Executor counting(Executor executor) {
        return work -> {
            begins();
            try {
                executor.execute(() -> run(work));
            } catch (RejectedExecutionException refused) {
                ends();
                throw refused;
            }
        };
    }

    private void run(Runnable work) {
        workers.add(Thread.currentThread());
        try {
            work.run();
        } finally {
            workers.remove(Thread.currentThread());
            ends();
        }
    }

    /** Waits, in real time, until nothing happens; false where that takes too long. */
    synchronized boolean await(long seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (busy > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** The threads that still execute work of the lab, with what they do. */
    String describe() {
        StringBuilder text = new StringBuilder();
        for (Thread worker : workers) {
            StackTraceElement[] stack = worker.getStackTrace();
            text.append("\n  thread '").append(worker.getName()).append('\'');
            for (int i = 0; i < Math.min(8, stack.length); i++) {
                text.append("\n    at ").append(stack[i]);
            }
        }
        return text.toString();
    }
}
