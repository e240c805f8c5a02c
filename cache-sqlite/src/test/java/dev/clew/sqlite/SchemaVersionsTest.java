package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cache.CacheKey;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.store.Embedder;
import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that earlier versions wrote are opened for ever. Each was made by {@link #fill} when its schema was the newest,
 * and is kept as it was.
 */
final class SchemaVersionsTest {
    @TempDir
    Path folder;

    private static final CacheKey LASTING = new CacheKey("com.acme.Flow", "compose(java.lang.String)", "2", "9f2c");
    private static final CacheKey EXPIRING = new CacheKey("com.acme.Flow", "compose(java.lang.String)", "2", "");

    private static final Namespace NOTES = Namespace.of("users", "ann");
    private static final StoreOptions RANKED = StoreOptions.defaults().embedder(Embedder.hashedNgrams(32), "text");

    private final MutableClock clock = new MutableClock();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void fileOfAnEarlierVersionIsReadAndWritten(int version) throws Exception {
        Path file = folder.resolve("old.db");
        try (InputStream kept = getClass().getResourceAsStream("version-" + version + ".sqlite")) {
            Files.copy(kept, file);
        }

        try (Sqlite db = Sqlite.open(file, clock)) {
            verify(db);
            if (version >= 2) {
                verifyCache(db);
            }
            if (version >= 3) {
                verifyStore(db);
            }
            if (version >= 4) {
                verifyAnswers(db);
            }
            db.store().put(NOTES, "new", Map.of("text", "boots"));
            assertThat(db.store().search(Search.in(NOTES, Object.class))).isNotEmpty();
            db.cache().put(new CacheKey("com.acme.Flow", "compose()", "1", "new"), Rows.bytes("draft"), null);
            Claim claim = Db.claim(db, "parked");
            assertThat(claim.epoch()).isEqualTo(3);
            Db.write(db, claim, Rows.log(Db.RUN, 2, "third"));
            assertThat(Db.log(db, "parked")).containsExactly("0:first", "1:second", "2:third");
        }
    }

    @Test
    void fileOfThisVersionIsWhatTheKeptOneShouldBe() {
        try (Sqlite db = Sqlite.open(folder.resolve("new.db"), clock)) {
            fill(db);
            verify(db);
            verifyCache(db);
            verifyStore(db);
            verifyAnswers(db);
        }
    }

    /** Makes the file at the path that is given. */
    public static void main(String[] args) {
        try (Sqlite db = Sqlite.open(Path.of(args[0]), new MutableClock())) {
            fill(db);
        }
    }

    private static void fill(Sqlite db) {
        Claim deleted = Db.open(db, "deleted");
        Db.write(db, deleted, Rows.release(ThreadStatus.IDLE, Db.RUN));
        db.checkpointer().delete(Deletion.thread("deleted", deleted.epoch()));
        Claim parked = Db.open(db, "parked");
        Db.write(db, parked, Rows.log(Db.RUN, 0, "first", "second"));
        Head pause = new Head(
                ThreadStatus.SLEEPING, Db.RUN, "update-1", Rows.run(Db.RUN).startedAt(), 3);
        Db.write(
                db,
                parked,
                new Write(
                        null,
                        List.of(),
                        Rows.run(Db.RUN).with(ThreadStatus.SLEEPING, Rows.bytes("detail")),
                        List.of(Rows.checkpoint("update-1", null, Map.of("user", "ann", "lang", "日本"))),
                        pause,
                        true));
        Claim running = Db.open(db, "running");
        db.checkpointer().requestCancel("running", running.epoch());
        db.checkpointer()
                .addAnswers(
                        "running", running.epoch(), List.of(new WaitingAnswer(Db.RUN, "question", Rows.bytes("yes"))));
        db.cache().put(LASTING, Rows.bytes("日本"), null);
        db.cache().put(EXPIRING, Rows.bytes("draft"), Duration.ofHours(1));
        Store store = db.store(RANKED);
        store.put(Put.of(NOTES, "rain", Map.of("text", "umbrella")).forEver());
        store.put(Put.of(NOTES, "日本", Map.of("text", "hat")).timeToLive(Duration.ofHours(3)));
        store.put(NOTES, "gone", Map.of("text", "umbrella"));
        store.delete(NOTES, "gone");
    }

    private static void verifyAnswers(Sqlite db) {
        assertThat(db.checkpointer().thread("running").orElseThrow().answersWait())
                .isTrue();
        assertThat(db.checkpointer().answers("running", Db.RUN)).singleElement().satisfies(answer -> {
            assertThat(answer.question()).isEqualTo("question");
            assertThat(answer.bytes()).isEqualTo(Rows.bytes("yes"));
        });
    }

    private void verifyStore(Sqlite db) {
        Store store = db.store(RANKED);
        List<Hit<Object>> hits =
                store.search(Search.in(NOTES, Object.class).query("umbrellas").filter(Filter.ne("text", "boots")));
        assertThat(hits).extracting(Hit::key).containsExactly("rain", "日本");
        assertThat(hits.get(0).value()).isEqualTo(Map.of("text", "umbrella"));
        assertThat(hits.get(0).score().orElseThrow()).isGreaterThan(0.3);
        clock.advance(Duration.ofHours(3));
        assertThat(store.get(NOTES, "rain", Object.class)).isPresent();
        assertThat(store.get(NOTES, "日本", Object.class)).isEmpty();
    }

    private void verifyCache(Sqlite db) {
        assertThat(db.cache().get(LASTING)).contains(Rows.bytes("日本"));
        assertThat(db.cache().get(EXPIRING)).contains(Rows.bytes("draft"));
        clock.advance(Duration.ofHours(1));
        assertThat(db.cache().get(LASTING)).isPresent();
        assertThat(db.cache().get(EXPIRING)).isEmpty();
    }

    private void verify(Sqlite db) {
        Checkpointer checkpointer = db.checkpointer();
        ThreadRecord parked = checkpointer.thread("parked").orElseThrow();
        ThreadRecord running = checkpointer.thread("running").orElseThrow();
        assertThat(checkpointer.thread("deleted")).isEmpty();
        assertThat(parked.epoch()).isEqualTo(2);
        assertThat(parked.runs()).isEqualTo(1);
        assertThat(parked.head()).isEqualTo(new Head(ThreadStatus.SLEEPING, Db.RUN, "update-1", clock.instant(), 3));
        assertThat(running.cancelRequested()).isTrue();
        assertThat(running.lease().owner()).isEqualTo("ann");
        assertThat(checkpointer.run("parked", Db.RUN).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(Rows.run(Db.RUN).with(ThreadStatus.SLEEPING, Rows.bytes("detail")));
        assertThat(Db.log(db, "parked")).startsWith("0:first", "1:second");
        assertThat(checkpointer.checkpoints(CheckpointQuery.of("parked").metadata(Map.of("lang", "日本"))))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(Rows.checkpoint("update-1", null, Map.of("user", "ann", "lang", "日本")));
        assertThat(checkpointer.checkpoints(CheckpointQuery.of("parked")))
                .extracting(CheckpointRecord::id)
                .containsExactly("update-1", "input-run-1");
        assertThat(checkpointer.threads(ThreadQuery.all()
                        .status(ThreadStatus.SLEEPING)
                        .dueBefore(clock.instant().plus(Duration.ofDays(1)))))
                .extracting(ThreadRecord::threadId)
                .containsExactly("parked");
    }
}
