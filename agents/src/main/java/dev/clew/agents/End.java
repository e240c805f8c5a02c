package dev.clew.agents;

/** How a run of an agent ended. */
public enum End {
    /** The model answered. */
    ANSWERED,
    /** Tools that return directly gave the result. */
    RETURN_DIRECT,
    /** A limit of calls or supersteps was reached before the model had answered. */
    LIMIT,
    /** The model refused to answer, or its provider withheld the answer. */
    REFUSED,
    /** The answer reached the limit of tokens and is cut off. */
    TRUNCATED,
    /** A middleware ended the run. */
    JUMPED
}
