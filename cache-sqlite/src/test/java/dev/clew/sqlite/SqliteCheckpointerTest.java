package dev.clew.sqlite;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.checkpoint.CheckpointerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteCheckpointerTest extends CheckpointerContract {
    @TempDir
    Path folder;

    private Sqlite db;

    @BeforeEach
    void open() {
        db = Sqlite.open(folder.resolve("threads.db"), clock);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Override
    protected Checkpointer checkpointer() {
        return db.checkpointer();
    }
}
