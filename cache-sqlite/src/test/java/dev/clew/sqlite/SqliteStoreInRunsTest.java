package dev.clew.sqlite;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.StoreSuite;
import dev.clew.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreInRunsTest extends StoreSuite {
    @TempDir
    Path folder;

    private int files;

    @Override
    protected Checkpointer newStore() {
        return newFile().checkpointer();
    }

    @Override
    protected Store newDocuments() {
        return newFile().store();
    }

    private Sqlite newFile() {
        return opened(Sqlite.open(folder.resolve("file-" + files++ + ".db")));
    }
}
