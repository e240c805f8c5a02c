package dev.clew.sqlite;

import dev.clew.interrupt.PendingInterrupt;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Which threads are in somebody's hands, which wait for an answer, and what each gave last. */
final class LoadedThreads {
    /** Questions beyond these are answered at once. */
    private static final int MOST_OPEN = 2_000;

    private static final long KNOWN = 1L << 32;

    private final int size;
    private final AtomicLong next = new AtomicLong();
    private final BitSet taken;

    /** Values are the digits of a number, and that takes as much place before it is known as after; 0: none yet. */
    private final AtomicLongArray values;

    private final ConcurrentLinkedQueue<Open> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger openCount = new AtomicInteger();
    private final AtomicInteger visited = new AtomicInteger();

    LoadedThreads(int size) {
        this.size = size;
        this.taken = new BitSet(size);
        this.values = new AtomicLongArray(size);
    }

    /** A run of a thread, as far as it came. */
    record Visit(int thread, String input, String expected) {
        String threadId() {
            return LoadedThreads.id(thread);
        }
    }

    /** One that nobody waits for. */
    record Open(Visit visit, PendingInterrupt<?, ?> question) {}

    static String id(int thread) {
        return "thread-" + thread;
    }

    /** A new run of the next thread that is free, which is no longer. */
    Visit take() {
        while (true) {
            long number = next.getAndIncrement();
            int thread = (int) (number % size);
            if (!isTaken(thread)) {
                String input = thread + " at " + number / size;
                return new Visit(thread, input, LoadedProgram.expected(input, value(thread)));
            }
        }
    }

    private synchronized boolean isTaken(int thread) {
        boolean already = taken.get(thread);
        taken.set(thread);
        return already;
    }

    /** The run gave its value. */
    void done(Visit visit) {
        if (values.getAndSet(visit.thread(), KNOWN | Long.parseLong(visit.expected(), 16)) == 0) {
            visited.incrementAndGet();
        }
        free(visit);
    }

    /** The run was cancelled, or went wrong: the value before stays. */
    synchronized void free(Visit visit) {
        taken.clear(visit.thread());
    }

    /** Leaves it open until somebody comes; false where too many are. */
    boolean leaveOpen(Visit visit, PendingInterrupt<?, ?> question) {
        if (openCount.incrementAndGet() > MOST_OPEN) {
            openCount.decrementAndGet();
            return false;
        }
        open.add(new Open(visit, question));
        return true;
    }

    /** One that is open, or null. */
    Open pollOpen() {
        Open one = open.poll();
        if (one != null) {
            openCount.decrementAndGet();
        }
        return one;
    }

    /** What the last run of a thread gave; null if none did. */
    String value(int thread) {
        long value = values.get(thread);
        return value == 0 ? null : Long.toHexString(value ^ KNOWN);
    }

    /** A thread that has a value, from this one on. */
    OptionalInt withValueFrom(int first) {
        for (int i = first; i < size; i++) {
            if (values.get(i) != 0) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** How many have a value. */
    int visited() {
        return visited.get();
    }

    int size() {
        return size;
    }
}
