package dev.clew.samples.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.sqlite.Sqlite;
import dev.clew.store.Embedder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    private Path dir;

    @Test
    void findsTheLettersThatFitBestFirst() {
        try (Sqlite db = Sqlite.open(dir.resolve("letters.db"))) {
            Archive archive = new Archive(db, Embedder.hashedNgrams());
            archive.add(Map.of("bill", "the gardener's bill for May", "greeting", "many greetings from Rome"));

            assertThat(archive.about("bills of the gardener")).containsExactly("bill", "greeting");
            assertThat(archive.about("Roman greetings")).containsExactly("greeting", "bill");
        }
    }
}
