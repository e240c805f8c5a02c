package dev.clew.engine.active;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.run.Outcomes;
import dev.clew.task.Failure;
import org.jspecify.annotations.Nullable;

/** How an activation of a run ends. A value: {@link #of} decides it, {@link RunCompletion} writes it. */
sealed interface Verdict {
    /** The body returned this value. */
    record Completed(@Nullable Object value) implements Verdict {}

    /**
     * The run failed.
     *
     * @param failure as it is recorded; null if it is still to be made of what was thrown
     */
    record Failed(Throwable thrown, @Nullable Failure failure) implements Verdict {}

    /** The run waits for answers, for a time, or for another run. */
    record Paused() implements Verdict {}

    /**
     * The code does not match the log.
     *
     * @param why the mismatch; null if it is not known
     */
    record Blocked(@Nullable Throwable why) implements Verdict {}

    /** The run was cancelled. */
    record Cancelled() implements Verdict {}

    /** The body wants that what it has done is undone. */
    record Undoing() implements Verdict {}

    /**
     * Nothing may be written any more: the log cannot be written, or another process owns the thread.
     *
     * @param why what is known of that
     */
    record Stopped(@Nullable Throwable why) implements Verdict {}

    /**
     * The run did not end. The thread is given back as it is, so that another activation can continue the run.
     *
     * @param reason why this activation ended: {@link Suspension.Reason#SHUTDOWN} if the graph was closed
     * @param why the error that ended it, if one did
     */
    record GivenBack(Suspension.Reason reason, @Nullable Throwable why) implements Verdict {}

    /**
     * What a session knows when nothing of it runs any more.
     *
     * @param sealed why it was stopped from outside; null if it came to rest by itself
     * @param root how the body ended; null if it was unwound
     * @param worst the strongest reason for which a step rests without an outcome; null if there is none
     * @param why what is known of that reason
     */
    record Known(
            @Nullable Suspension sealed,
            Outcomes.@Nullable RootEnd root,
            Suspension.@Nullable Reason worst,
            @Nullable Throwable why) {}

    /** Decides how an activation ends. A pure function; {@code VerdictTest} shows it as a table. */
    static Verdict of(Known known) {
        if (known.sealed() != null) {
            return stopped(known.sealed().reason(), known.sealed().why());
        }
        Outcomes.RootEnd root = known.root();
        if (root != null && root.thrown() != null && root.failure() != null) {
            return new Failed(root.thrown(), root.failure());
        }
        if (root != null) {
            return new Completed(root.value());
        }
        return unwound(known.worst(), known.why());
    }

    private static Verdict unwound(Suspension.@Nullable Reason worst, @Nullable Throwable why) {
        if (worst == Suspension.Reason.STORAGE || worst == Suspension.Reason.CRASHED) {
            // The body was unwound before the session could be stopped for this reason.
            return stopped(worst, why);
        }
        if (worst == Suspension.Reason.MISMATCH && why != null) {
            return new Blocked(why);
        }
        if (worst == Suspension.Reason.STEP_LIMIT && why != null) {
            return new Failed(why, null);
        }
        return worst == Suspension.Reason.UNDO ? new Undoing() : new Paused();
    }

    private static Verdict stopped(Suspension.Reason reason, @Nullable Throwable why) {
        return switch (reason) {
            case CANCELLED -> new Cancelled();
            case UNDO -> new Undoing();
            case MISMATCH -> new Blocked(why);
            case STORAGE -> new Stopped(why);
            case SHUTDOWN -> new GivenBack(reason, null);
            case PARKED, ABANDONED, STEP_LIMIT, CRASHED -> new GivenBack(reason, why);
        };
    }
}
