package dev.clew.sqlite;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.AnswersSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAnswersTest extends AnswersSuite {
    @TempDir
    Path folder;

    @Override
    protected Checkpointer newStore() {
        return opened(Sqlite.open(folder.resolve("threads.db"))).checkpointer();
    }
}
