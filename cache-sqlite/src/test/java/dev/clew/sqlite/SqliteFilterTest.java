package dev.clew.sqlite;

import dev.clew.contracts.store.FilterContract;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFilterTest extends FilterContract {
    @TempDir
    Path folder;

    private Sqlite db;

    @BeforeEach
    void open() {
        db = Sqlite.open(folder.resolve("store.db"), clock);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Override
    protected Store open(StoreOptions options) {
        return db.store(options);
    }
}
