package dev.clew.effect;

import java.time.Instant;

/** Under which keys the step of a {@code ONCE} task notes what its attempts do, in its own scope. */
public final class EffectNotes {
    /** The name of an attempt's step. */
    public static final String ATTEMPT = "attempt";

    /** This attempt began; the number follows. */
    public static final String BEGUN = "effect: begun ";

    /** This attempt began, and its outcome is not in the log. */
    static final String LOST = "effect: lost ";

    /** This attempt is over, and a new attempt of the caller has forgotten how it failed. */
    static final String SKIPPED = "effect: skipped ";

    /** How the unknown outcome of this attempt is settled, as it was decided first. */
    static final String WAY = "effect: way ";

    /** Under which name a person is asked, as it was decided first. */
    static final String QUESTION = "effect: question";

    /** What a person is shown of the arguments. */
    static final String SHOWN = "effect: shown";

    /** This attempt's code still ran in a process that looked. */
    static final String RUNS = "effect: runs ";

    /** This attempt is over, and its effect did not happen. */
    public static final String OVER = "effect: over ";

    /** What a person said of this attempt when its run could not ask: a {@link Resolution}. */
    public static final String SETTLED = "effect: settled ";

    /** A person said that the effect of this attempt did not happen, or is undone. */
    public static final String DENIED = "effect: denied ";

    /** It is to be undone that this step was called, for the arguments that are noted before; the number follows. */
    public static final String CALLED = "effect: called ";

    /** An argument with which a step was called that is to be undone; the number of {@link #CALLED} and its place follow. */
    public static final String ARGUMENT = "effect: argument ";

    /** What an effect gave whose outcome was settled before it is undone. */
    public static final String VALUE = "effect: value";

    /** In the body of a run: what is recorded up to here was done by another run, from which this one was branched off. */
    public static final String INHERITED = "effect: inherited";

    /**
     * That an attempt began.
     *
     * @param effectId the same for all attempts, and for copies of the run
     * @param at by the clock of the process that began it
     */
    public record Begun(String effectId, Instant at) {}

    private EffectNotes() {}
}
