package dev.clew.engine.world;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that is only ever held for a moment. Who finds it taken looks again for about as long, because to sleep and to be
 * woken takes a hundred times longer than to wait.
 */
public final class BriefLock extends ReentrantLock {
    private static final long serialVersionUID = 1;

    /** Some microseconds. */
    private static final int LOOKS = 100;

    @Override
    public void lock() {
        for (int i = 0; i < LOOKS; i++) {
            if (tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        super.lock();
    }
}
