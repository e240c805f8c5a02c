package dev.clew.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the leaf that a run called last, for a moment: whoever joins a call at once runs it on its own thread, and
 * then no other thread is woken for it, which would cost more than all the rest of a step. The next call, a wait for
 * something else, or the {@link Courier} gives it to the executor.
 */
final class HandOver {
    /** Rounds of the courier without anything held back, after which it looks no more. */
    private static final int IDLE_ROUNDS = 20;

    private final Consumer<Step> executor;
    private final AtomicReference<@Nullable Step> held = new AtomicReference<>();
    private volatile boolean served;

    /** The courier's own: what it saw in its last round, and for how many rounds it has seen nothing. */
    private @Nullable Step seen;

    private int idle;

    HandOver(Consumer<Step> executor) {
        this.executor = executor;
    }

    /** Holds this one back, and lets go of the one before. */
    void hold(Step step) {
        give(held.getAndSet(step));
        if (!served) {
            served = true;
            Courier.shared().serve(this);
        }
    }

    /** Its scope is about to run this one itself: it need not be given away, but another one must. */
    void keep(Step step) {
        if (!held.compareAndSet(step, null)) {
            letGo();
        }
    }

    /** Gives away what is held back. */
    void letGo() {
        if (held.get() != null) {
            give(held.getAndSet(null));
        }
    }

    private void give(@Nullable Step step) {
        if (step != null) {
            executor.accept(step);
        }
    }

    /** On the courier's thread: gives away what was held back a round ago already; false if it need not look again. */
    boolean round() {
        Step now = held.get();
        if (now != null && now == seen && held.compareAndSet(now, null)) {
            give(now);
        }
        seen = now;
        idle = now == null ? idle + 1 : 0;
        if (idle < IDLE_ROUNDS) {
            return true;
        }
        idle = 0;
        served = false;
        // What was held back just before that found itself served.
        boolean again = held.get() != null;
        served |= again;
        return again;
    }
}
