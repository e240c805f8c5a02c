package dev.clew.sqlite;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnStores;
import dev.clew.contracts.Stores;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;

/** Runs a suite over a file of SQLite. */
interface OnSqlite extends OnStores {
    /** The file in the folder of a place. */
    String FILE = "stores.db";

    @Override
    default Stores openStores(Path folder, Clock clock) {
        return new SqliteStores(Sqlite.open(folder.resolve(FILE), clock));
    }

    /** The places. */
    record SqliteStores(Sqlite db) implements Stores {
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
