package dev.clew.verify;

/**
 * What a replay says of a thread.
 *
 * <pre>{@code
 * long differ = graph.verify().count(Verdict.DIFFERS);
 * }</pre>
 */
public enum Verdict {
    /** All that is recorded is repeated by the code, which would then execute what comes next, or end. */
    FITS,
    /** All that is recorded is repeated by the code, and the run waits as it did; what comes after that is not known. */
    FITS_SO_FAR,
    /** The code calls something else than what is recorded: the run would be BLOCKED. */
    DIFFERS,
    /** Something that is recorded cannot be read as the type that the code has now: the run would be BLOCKED. */
    UNREADABLE,
    /** The code asks a pending question with other content, or for another type of answer: a person would be asked anew. */
    ASKS_ANEW,
    /** Nothing can be said, for the reason that is given. */
    UNJUDGED
}
