package dev.clew.sqlite;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.CacheDamageSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteCacheDamageTest extends CacheDamageSuite {
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
