package dev.clew.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.contracts.torture.Child;
import dev.clew.json.JsonCodec;
import dev.clew.store.Embedder;
import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Item;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreException;
import dev.clew.store.StoreOptions;
import dev.clew.value.CodecException;
import dev.clew.value.EncryptingCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a store in a file can do, and suffer. */
@Timeout(60)
final class SqliteStoreTest {
    private static final Namespace NOTES = Namespace.of("users", "ann");
    private static final Namespace COUNTS = Namespace.of("counts");
    private static final Search<Note> ALL = Search.in(NOTES, Note.class);
    private static final StoreOptions RANKED = StoreOptions.defaults().embedder(Embedder.hashedNgrams(64), "text");
    private static final StoreOptions SECRET = RANKED.codec(EncryptingCodec.builder(JsonCodec.standard())
            .key("k1", new SecretKeySpec(new byte[32], "AES"))
            .build());

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private Path file;
    private Sqlite db;

    public record Note(String text) {}

    @BeforeEach
    void open() {
        file = folder.resolve("store.db");
        db = Sqlite.open(file, clock);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void documentsAndVectorsOutliveTheirProcess() {
        db.store(SECRET).put(Put.of(NOTES, "rain", new Note("an umbrella")).timeToLive(Duration.ofHours(2)));
        Item<Note> before = db.store(SECRET).get(NOTES, "rain", Note.class).orElseThrow();
        db.close();
        db = Sqlite.open(file, clock);

        assertThat(db.store(SECRET).get(NOTES, "rain", Note.class)).contains(before);
        Hit<Note> hit = db.store(SECRET).search(ALL.query("umbrellas")).get(0);
        assertThat(hit.item()).isEqualTo(before);
        assertThat(hit.score().orElseThrow()).isBetween(0.3, 1.0);
    }

    @Test
    void closedStoreRefuses() {
        Store store = db.store();
        db.close();

        assertThatExceptionOfType(CheckpointException.class).isThrownBy(() -> store.put(NOTES, "k", new Note("a")));
        assertThatExceptionOfType(CheckpointException.class).isThrownBy(() -> store.get(NOTES, "k", Note.class));
        assertThatExceptionOfType(CheckpointException.class).isThrownBy(() -> store.search(ALL));
    }

    /** Names are in clear, what is named is not. */
    @Test
    void nothingOfAnEncryptedDocumentIsInTheFile() throws Exception {
        db.store(SECRET).put(NOTES, "rain", new Note("umbrella"));
        db.store().put(NOTES, "open", new Note("parasol"));
        byte[] vectors = bytes("SELECT vectors FROM document WHERE name = 'rain'");
        db.close();

        String stored = Files.readString(file, ISO_8859_1);
        assertThat(stored).contains("parasol", "rain").doesNotContain("umbrella");
        assertThat(new String(vectors, UTF_8)).doesNotContain("ngrams");
    }

    @Test
    void encryptedDocumentThatWasMovedIsRefused() throws Exception {
        db.store(SECRET).put(NOTES, "rain", new Note("umbrella"));
        execute("UPDATE document SET name = 'sun'");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> db.store(SECRET).get(NOTES, "sun", Note.class))
                .withMessageContaining("users.ann/sun");
    }

    @Test
    void clearDocumentIsNoEncryptedOne() {
        db.store(RANKED).put(NOTES, "rain", new Note("umbrella"));

        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> db.store(SECRET).get(NOTES, "rain", Note.class))
                .withMessageContaining("not encrypted");
    }

    @Test
    void damagedDocumentIsNamedAndHidesNoOther() throws Exception {
        Namespace others = Namespace.of("users", "bob");
        db.store(RANKED).put(NOTES, "rain", new Note("umbrella"));
        db.store(RANKED).put(others, "sun", new Note("hat"));
        execute(
                "UPDATE document SET content = CAST(substr(content, 1, length(content) - 1) || x'00' AS BLOB) WHERE name = 'rain'");

        for (Runnable reading : List.<Runnable>of(
                () -> db.store(RANKED).get(NOTES, "rain", Note.class),
                () -> db.store(RANKED).search(ALL),
                () -> db.store(RANKED).search(ALL.filter(Filter.eq("text", "umbrella"))))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(reading::run)
                    .withMessageContaining("users.ann/rain")
                    .withMessageContaining("damaged");
        }
        assertThat(db.store(RANKED).search(Search.in(others, Note.class))).hasSize(1);
        db.store(RANKED).put(NOTES, "rain", new Note("boots"));
        assertThat(db.store(RANKED).search(ALL)).hasSize(1);
    }

    @Test
    void damagedVectorsAreNamed() throws Exception {
        db.store(RANKED).put(NOTES, "rain", new Note("umbrella"));
        execute("UPDATE document SET vectors = CAST(substr(vectors, 1, length(vectors) - 1) || x'77' AS BLOB)");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> db.store(RANKED).search(ALL.query("umbrella")))
                .withMessageContaining("vectors")
                .withMessageContaining("users.ann/rain");
        assertThat(db.store(RANKED).search(ALL)).hasSize(1);
    }

    @Test
    @Tag("B266")
    void attemptsToInjectLeaveTheTablesAsTheyAre() throws Exception {
        Store store = db.store();
        store.put(NOTES, "kept", new Note("umbrella"));
        String attempt = "x'); DROP TABLE document; --";
        store.put(NOTES, attempt, new Note(attempt));
        store.put(Namespace.of(attempt), attempt, Map.of(attempt, attempt));
        store.search(Search.everywhere(Object.class).filter(Filter.of(Map.of(attempt.replace(".", ""), attempt))));
        store.delete(NOTES, attempt);
        store.delete(Namespace.of(attempt), attempt);

        assertThat(number("SELECT count(*) FROM document")).isEqualTo(1);
        assertThat(store.search(ALL)).hasSize(1);
    }

    /** What a full disk and the like come down to: the batch fails, and nothing of it is there. */
    @Test
    void batchThatTheDatabaseRefusesChangesNothing() throws Exception {
        Store store = db.store();
        store.put(NOTES, "k1", new Note("old"));
        store.search(ALL);
        execute("CREATE TRIGGER refuse BEFORE INSERT ON document WHEN NEW.name = 'k3'"
                + " BEGIN SELECT RAISE(ABORT, 'no room'); END");

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> store.batch(
                        Put.of(NOTES, "k1", new Note("new")),
                        Put.of(NOTES, "k2", new Note("new")),
                        Put.of(NOTES, "k3", new Note("new"))));

        assertThat(store.search(ALL)).extracting(Hit::value).containsExactly(new Note("old"));
        store.put(NOTES, "k2", new Note("later"));
        assertThat(store.search(ALL)).hasSize(2);
    }

    @Test
    void writesSurviveAKilledProcess() throws Exception {
        try (Child child = Child.start(StoringProcess.class, file.toString(), "a")) {
            String last = child.line();
            for (int i = 0; i < 20; i++) {
                last = child.line();
            }
            child.kill();
            List<String> rest = child.rest();
            int acknowledged = Integer.parseInt(rest.size() > 1 ? rest.get(rest.size() - 2) : last);

            List<Hit<Count>> counts =
                    db.store().search(Search.in(COUNTS, Count.class).limit(100_000));
            List<Integer> stored =
                    counts.stream().map(hit -> hit.value().n()).sorted().toList();
            assertThat(stored).hasSizeGreaterThan(acknowledged);
            assertThat(stored)
                    .isEqualTo(IntStream.range(0, stored.size()).boxed().toList());
        }
    }

    @Test
    void severalProcessesShareOneStore() throws Exception {
        Store store = db.store();
        try (Child ann = Child.start(StoringProcess.class, file.toString(), "ann");
                Child bob = Child.start(StoringProcess.class, file.toString(), "bob")) {
            ann.line();
            bob.line();
            for (int i = 0; i < 10; i++) {
                int annSaid = Integer.parseInt(ann.line());
                int bobSaid = Integer.parseInt(bob.line());
                List<Hit<Count>> seen =
                        store.search(Search.in(COUNTS, Count.class).limit(100_000));
                assertThat(seen.stream().filter(hit -> hit.key().startsWith("ann-")))
                        .hasSizeGreaterThan(annSaid);
                assertThat(seen.stream().filter(hit -> hit.key().startsWith("bob-")))
                        .hasSizeGreaterThan(bobSaid);
            }
        }
        assertThat(store.get(Namespace.of("shared"), "last", Count.class)).isPresent();
    }

    /** What the processes store. */
    public record Count(int n) {}

    private void execute(String sql) throws Exception {
        try (Connection raw = raw();
                Statement statement = raw.createStatement()) {
            statement.execute(sql);
        }
    }

    private int number(String sql) throws Exception {
        try (Connection raw = raw();
                Statement statement = raw.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getInt(1);
        }
    }

    private byte[] bytes(String sql) throws Exception {
        try (Connection raw = raw();
                Statement statement = raw.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getBytes(1);
        }
    }

    private Connection raw() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
