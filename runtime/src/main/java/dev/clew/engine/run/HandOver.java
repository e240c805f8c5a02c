package dev.clew.engine.run;

import dev.clew.engine.world.Courier;
import dev.clew.engine.world.Waiting;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the steps that a run has called, for a moment. Whoever joins a leaf at once runs it on its own thread, and
 * a thread that has run one step takes the next: so no thread is woken for each step, which would cost more than all
 * the rest of it.
 *
 * <p>The {@link Courier} looks every moment. Where nothing was taken since, what is held waits for bodies that last, and
 * more threads take it: one, then two, then four, until as many run as are held. Where little was taken, one more does.
 */
final class HandOver {
    /** So many steps taken in a round take less time than another thread takes to wake up. */
    private static final int FAST = 5;

    /** Rounds of the courier with nothing held back, after which it looks no more. */
    private static final int IDLE_ROUNDS = 20;

    /** Whose steps the calling thread takes, if it takes any. */
    private static final ThreadLocal<@Nullable HandOver> TAKING = new ThreadLocal<>();

    private final Courier courier;
    private final Waiting waiting;
    private final Dispatch dispatch;

    // Guarded by this.
    private final Deque<Held> held = new ArrayDeque<>(1);
    private boolean served;
    private int takers;
    private int taken;

    // What the courier saw in its last round.
    private @Nullable Step seenFirst;
    private int seenTaken;
    private int more = 1;
    private int idle;

    HandOver(Courier courier, Waiting waiting, Dispatch dispatch) {
        this.courier = courier;
        this.waiting = waiting;
        this.dispatch = dispatch;
    }

    private record Held(Step step, Runnable work) {
        /** Whether nobody has taken it. One that was cancelled must be taken too, for its permit. */
        boolean waits() {
            return step.phase().isQueued() || step.isGranted();
        }
    }

    /** Whether the calling thread takes these steps, one after the other. */
    boolean isTaking() {
        return TAKING.get() == this;
    }

    /** Whether steps wait for a thread. */
    synchronized boolean holds() {
        return first() != null;
    }

    /** Holds a step back. */
    void hold(Step step, Runnable work) {
        waiting.point();
        synchronized (this) {
            held.add(new Held(step, work));
            if (served) {
                return;
            }
            served = true;
        }
        courier.serve(this::round);
    }

    /** The thread that joins a step has taken it. */
    synchronized void took() {
        taken++;
        first();
    }

    /** The scope is about to wait, so somebody else must take what is held. */
    void letGo() {
        synchronized (this) {
            if (takers > 0 || first() == null) {
                return;
            }
            takers++;
        }
        dispatch.execute(this::take);
    }

    /** Takes steps until none is held. */
    private void take() {
        TAKING.set(this);
        try {
            for (Held next = next(); next != null; next = next()) {
                waiting.point();
                next.work().run();
                // As in a pool, an interrupt that one has left behind is not for the next.
                waiting.interrupted();
            }
        } finally {
            TAKING.remove();
        }
    }

    private synchronized @Nullable Held next() {
        Held next = first();
        if (next == null) {
            takers--;
        } else {
            held.remove();
            taken++;
        }
        return next;
    }

    /** The first that nobody has taken; what others have is dropped. */
    private @Nullable Held first() {
        Held first = held.peek();
        while (first != null && !first.waits()) {
            held.remove();
            first = held.peek();
        }
        return first;
    }

    /** The courier's round; false if it need not look again. */
    private boolean round() {
        int starts;
        synchronized (this) {
            Held next = first();
            Step first = next == null ? null : next.step();
            idle = first == null ? idle + 1 : 0;
            boolean stuck = first != null && first == seenFirst;
            boolean slow = first != null && seenFirst != null && taken - seenTaken < FAST;
            starts = stuck ? Math.min(more, held.size()) : slow ? 1 : 0;
            more = stuck ? 2 * starts : 1;
            seenFirst = first;
            seenTaken = taken;
            takers += starts;
            served = idle < IDLE_ROUNDS;
            if (!served) {
                idle = 0;
                return false;
            }
        }
        for (int i = 0; i < starts; i++) {
            dispatch.execute(this::take);
        }
        return true;
    }
}
