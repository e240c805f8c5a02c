package dev.clew.benchmarks;

/** One of those that are measured on the same PostgreSQL server: ours, raw SQL, and a peer. */
interface Contender extends AutoCloseable {
    String title();

    /** Steps in order, each durable before the next begins. */
    void sequence(int steps);

    /** Callers at once, each with a run of so many steps in order. */
    void sequences(int callers, int steps);

    /** Steps that are all started, then joined. */
    void fanOut(int steps);

    /** Makes what {@link #replay} measures: a run that did so many steps and then asked. */
    void pause(int steps);

    /** The answer to it: the whole call, from reading what is stored to the end. */
    void replay();

    /** Runs that do nothing, enqueued by eight callers, and their results. */
    void queued(int runs);

    @Override
    void close();
}
