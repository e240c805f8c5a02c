package dev.clew.sqlite;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.ClassLoaderSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteClassLoaderTest extends ClassLoaderSuite {
    @TempDir
    Path folder;

    @Override
    protected Checkpointer newStore() {
        return opened(Sqlite.open(folder.resolve("threads.db"))).checkpointer();
    }
}
