package dev.clew.samples.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.sqlite.Sqlite;
import dev.clew.store.Hit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookTest {
    @TempDir
    private Path dir;

    @Test
    void findsTheNoteThatFitsBestFirst() {
        try (Sqlite db = Sqlite.open(dir.resolve("notes.db"))) {
            Notebook notebook = new Notebook(db);

            assertThat(notebook.find("ann", "umbrellas")).extracting(Hit::key).containsExactly("rain", "gift");
            assertThat(notebook.find("ann", "what tea?")).extracting(Hit::key).containsExactly("gift", "rain");
        }
    }
}
