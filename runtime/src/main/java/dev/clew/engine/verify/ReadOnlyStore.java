package dev.clew.engine.verify;

import dev.clew.store.BatchResults;
import dev.clew.store.Put;
import dev.clew.store.Store;
import dev.clew.store.StoreRequest;
import java.util.List;

/** The store as code sees it that is only replayed. */
final class ReadOnlyStore implements Store {
    private final Store store;

    ReadOnlyStore(Store store) {
        this.store = store;
    }

    /** Code of a scope has written outside of a task, as it does in each replay. */
    static final class WrittenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrittenException(String what) {
            super(what);
        }
    }

    @Override
    public BatchResults batch(List<? extends StoreRequest<?>> requests) {
        for (StoreRequest<?> request : requests) {
            if (request instanceof Put put) {
                throw new WrittenException("the code of a scope writes '" + put.key() + "' of namespace "
                        + put.namespace() + " to the store, in each replay; write it in a task");
            }
        }
        return store.batch(requests);
    }

    @Override
    public int sweep() {
        return 0;
    }
}
