package dev.clew.store;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the approximate indexes of a store in the background. */
final class IndexBuilding {
    private static final Logger LOG = LoggerFactory.getLogger(IndexBuilding.class);

    private final VectorIndexOptions options;
    private final Lock writing;
    private final AtomicBoolean reported = new AtomicBoolean();

    /** @param writing held while it is said what came of a build */
    IndexBuilding(VectorIndexOptions options, Lock writing) {
        this.options = options;
        this.writing = writing;
    }

    int from() {
        return options.from();
    }

    /** Called with the lock that guards what is told, so this must not wait. */
    void build(Vectors vectors, Consumer<VectorIndex> built, Runnable failed) {
        try {
            options.executor().execute(() -> tell(attempt(vectors, built, failed)));
        } catch (RejectedExecutionException e) {
            report(e);
            failed.run();
        }
    }

    /** A build takes much memory, and a library: what fails there must not end more than the build. */
    private Runnable attempt(Vectors vectors, Consumer<VectorIndex> built, Runnable failed) {
        try {
            VectorIndex index = options.indexer().index(vectors);
            return () -> built.accept(index);
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            report(e);
            return failed;
        }
    }

    private void tell(Runnable outcome) {
        writing.lock();
        try {
            outcome.run();
        } finally {
            writing.unlock();
        }
    }

    /** Warns once, since a store that cannot have an index fails at each build. */
    void report(Throwable failure) {
        if (reported.compareAndSet(false, true)) {
            LOG.warn(
                    "the vector index of a namespace failed; searches there rank all vectors, which is exact and slower,"
                            + " until the next index is built",
                    failure);
        }
    }
}
