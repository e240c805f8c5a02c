package dev.clew.testing;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything is going on in the engines of one lab. Its monitor guards the clock too, so that time never moves while
 * something happens.
 */
final class Rest {
    /** Tells a lab when code that works for it makes a thread; the thread itself works for nobody. */
    private static final InheritableThreadLocal<@Nullable Rest> MAKER = new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Rest childValue(@Nullable Rest maker) {
            if (maker != null) {
                maker.madeThreads = true;
            }
            return null;
        }
    };

    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private volatile boolean madeThreads;
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
        MAKER.set(this);
        try {
            work.run();
        } finally {
            MAKER.remove();
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

    /** Whether code that worked for the lab made a thread. */
    boolean madeThreads() {
        return madeThreads;
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
