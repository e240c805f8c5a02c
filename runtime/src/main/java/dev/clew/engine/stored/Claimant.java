package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.world.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The graph that claims threads: what its claims have to know of it, and what they have it do. */
public interface Claimant {
    /** The id that it owns threads under. */
    String owner();

    /** The name of its deployment; null for none. */
    @Nullable
    String deployment();

    /** How long its claims hold without renewal. */
    Duration lease();

    /** How its threads wait for each other. */
    Waiting waiting();

    /** Whether it executes a run of this thread. */
    boolean executes(String threadId);

    /** When a thread is to be deleted whose run is over now without having been executed; null if it stays. */
    @Nullable
    Instant deleteAt(Checkpointer store, String threadId, RunRecord run);

    /** Is called when a run of this thread was ended without having been executed. */
    void ended(String threadId);

    /** Is called when it is not known whether a claim of this thread was made: gives back what may be claimed. */
    void release(Checkpointer store, String threadId);
}
