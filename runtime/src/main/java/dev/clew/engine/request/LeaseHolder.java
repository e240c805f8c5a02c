package dev.clew.engine.request;

/** A run whose claim is kept. Its methods are called on the threads that renew leases and watch them, so they must not wait for anything. */
public interface LeaseHolder {
    /** Stops the run: its claim is lost, or another process may own the thread soon. */
    void lost(Throwable why);

    /** Cancels the run, as another process asked. */
    void cancel();

    /** Has the run take the answers that other processes stored for it. */
    void fetchAnswers();
}
