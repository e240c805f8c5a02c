package dev.clew.engine.core;

/** What the core of a run wants done. Called under the run's lock: whatever it does must be short, and never call the core. */
public interface CoreCallbacks {
    /** A scope that waited goes on, or is unwound if it is sealed. */
    void resume(CoreScope scope);

    /** An attempt was given up: its thread is to be interrupted, and its limits do not matter any more. */
    void abandon(CoreAttempt attempt);

    /** A permit is free, once the run's lock is. */
    void givePermit();

    /** A step's alarm has no meaning any more. */
    void clearAlarm(CoreStep step);
}
