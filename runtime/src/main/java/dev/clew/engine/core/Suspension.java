package dev.clew.engine.core;

import org.jspecify.annotations.Nullable;

/**
 * Unwinds a sealed scope. An error without stack trace, so that no ordinary handler takes it for a failure; a scope
 * that swallows it ends as parked all the same. Never leaves the engine.
 */
public final class Suspension extends Error {
    private static final long serialVersionUID = 1L;

    /** Why a scope is sealed; a later one is the stronger where several meet. */
    public enum Reason {
        /** It waits for an answer, a timer or a late retry. */
        PARKED,
        /** The graph is being closed. */
        SHUTDOWN,
        /** Its attempt timed out, or its step was cancelled. */
        ABANDONED,
        /** Its run called too many steps. */
        STEP_LIMIT,
        /** Its code does not match its log. */
        MISMATCH,
        /** Its run is over, and what it has done is to be undone. */
        UNDO,
        /** Its run was cancelled. */
        CANCELLED,
        /** An error that is no outcome was thrown in the run. */
        CRASHED,
        /** Its log cannot be written any more, or somebody else owns the thread. */
        STORAGE
    }

    private final Reason reason;
    private final transient @Nullable Throwable why;

    public Suspension(Reason reason, @Nullable Throwable why) {
        super("this scope is being unwound (" + reason + "); let the error pass", null, false, false);
        this.reason = reason;
        this.why = why;
    }

    /** The same to throw once more: code that closes resources would suppress a throwable in itself. */
    public Suspension again() {
        return new Suspension(reason, why);
    }

    public static Suspension parked() {
        return new Suspension(Reason.PARKED, null);
    }

    public Reason reason() {
        return reason;
    }

    /** What the caller of the run is told, or null. */
    @Nullable
    public Throwable why() {
        return why;
    }
}
