package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.store.Namespace;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.task.CachePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure nothing of the subject is in the files: neither in rows, nor in free pages, nor in the write-ahead log. */
class SqliteErasureTest {
    private static final String SECRET = "the-secret-of-ann";

    @TempDir
    private Path place;

    private boolean filesHave(String text) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void nothingOfTheSubjectIsLeftInTheFiles() throws Exception {
        try (Sqlite db = Sqlite.open(place.resolve("clew.db"));
                Lab lab = new Lab(db.checkpointer(), Durability.SYNC)) {
            Store documents = db.store(StoreOptions.defaults());
            lab.options(graph -> graph.cache(db.cache())
                            .store(documents)
                            .subjectNamespaces(subject -> List.of(Namespace.of("users", subject))))
                    .body((input, calls, run) -> calls.task(
                                    "shout",
                                    spec -> spec.method("Lab", "shout(String)").cache(CachePolicy.of("1")),
                                    input,
                                    s -> s + "!")
                            .join());
            String large = SECRET.repeat(5_000);
            lab.workflow().invoke(large, RunConfig.thread("t").subject("ann"));
            lab.workflow().enqueue(SECRET, RunConfig.thread("u").queue("q").subject("ann"));
            documents.put(Namespace.of("users", "ann"), "name", Map.of("text", SECRET));
            lab.workflow().invoke("something", RunConfig.thread("of somebody else"));
            assertThat(filesHave(SECRET)).isTrue();

            lab.graph().erase("ann");

            assertThat(filesHave(SECRET)).isFalse();
            assertThat(filesHave("something")).isTrue();
        }
    }
}
