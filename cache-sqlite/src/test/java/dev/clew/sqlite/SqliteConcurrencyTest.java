package dev.clew.sqlite;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.ConcurrencySuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteConcurrencyTest extends ConcurrencySuite {
    @TempDir
    Path folder;

    private int stores;

    @Override
    protected Checkpointer newStore() {
        return opened(Sqlite.open(folder.resolve("threads-" + ++stores + ".db")))
                .checkpointer();
    }
}
