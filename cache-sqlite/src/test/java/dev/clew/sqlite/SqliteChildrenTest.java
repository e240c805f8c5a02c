package dev.clew.sqlite;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.ChildrenSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteChildrenTest extends ChildrenSuite {
    @TempDir
    Path folder;

    @Override
    protected Checkpointer newStore() {
        return opened(Sqlite.open(folder.resolve(System.nanoTime() + ".db"))).checkpointer();
    }
}
