package dev.clew.postgres;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnStores;
import dev.clew.contracts.Stores;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;

/** Runs a suite over a schema of PostgreSQL. */
interface OnPostgres extends OnStores {
    @Override
    default Stores openStores(Path folder, Clock clock) throws Exception {
        // Only a clock that a test steps is given to the store; else the server's counts.
        Postgres db = TestServer.shared().open(folder, clock.equals(Clock.systemUTC()) ? null : clock);
        return new PostgresStores(db);
    }

    /** The place. */
    record PostgresStores(Postgres db) implements Stores {
        @Override
        public Checkpointer checkpointer() {
            return db.checkpointer();
        }

        @Override
        public TaskCache cache() {
            return db.cache();
        }

        @Override
        public Store documents(StoreOptions options) {
            return db.store(options);
        }

        @Override
        public void close() {
            db.close();
        }
    }
}
