package dev.clew.sqlite;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.EngineErrorSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineErrorTest extends EngineErrorSuite {
    @TempDir
    Path folder;

    private int files;

    @Override
    protected Checkpointer newStore() {
        return opened(Sqlite.open(folder.resolve("file-" + files++ + ".db"))).checkpointer();
    }
}
