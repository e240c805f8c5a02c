package dev.clew.sqlite;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.CacheSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteCacheTest extends CacheSuite {
    @TempDir
    Path folder;

    private int files;

    @Override
    protected Checkpointer newStore() {
        return newFile().checkpointer();
    }

    @Override
    protected TaskCache newCache() {
        return newFile().cache();
    }

    private Sqlite newFile() {
        return opened(Sqlite.open(folder.resolve("file-" + files++ + ".db"), clock));
    }
}
