package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.postgres.LossySource.Cut;
import dev.clew.queue.QueueQuery;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.ScheduledRun;
import dev.clew.state.ThreadStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that is lost around a commit: what was stored is found out, and nothing is stored twice or lost. */
final class LostAnswerTest {
    private static final String RUN = "run-1";

    private final LossySource source = new LossySource(TestServer.shared().pool());
    private Postgres db;
    private Checkpointer store;

    @BeforeEach
    void open() {
        db = Postgres.of(
                source.dataSource(),
                PostgresOptions.defaults().schema(TestServer.shared().freshSchema()));
        store = db.checkpointer();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private Claim claim(String threadId) {
        return store.claim(
                        new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false),
                        Rows.open(RUN))
                .orElseThrow();
    }

    private void write(Claim claim, Write write) {
        store.write(claim, write, true).toCompletableFuture().join();
    }

    private List<Long> places(String threadId) {
        List<Long> places = new ArrayList<>();
        store.scan(threadId, RUN, 0, entry -> places.add(entry.seq()));
        return places;
    }

    @ParameterizedTest
    @EnumSource
    void entryIsStoredOnceWhereverItsConnectionIsCut(Cut cut) {
        Claim claim = claim("t");
        write(claim, Rows.log(RUN, 0, "a"));
        source.cut(cut, ".log ");

        write(claim, Rows.log(RUN, 1, "b"));
        write(claim, Rows.log(RUN, 2, "c"));

        assertThat(source.isCut()).isTrue();
        assertThat(places("t")).containsExactly(0L, 1L, 2L);
    }

    /** What stands in the places of the lost entries is the heir's, so they are not stored, and the caller hears it. */
    @Test
    void entriesOfAnHeirAreNotTakenForThoseWhoseAnswerWasLost() {
        Claim claim = claim("t");
        write(claim, Rows.log(RUN, 0, "a"));
        try (Postgres other = Postgres.of(
                TestServer.shared().pool(), PostgresOptions.defaults().schema(db.schema()))) {
            Claim heir = other.checkpointer()
                    .claim(
                            new ClaimRequest("t", "EssayFlow.write", "ben", claim.epoch(), Duration.ofMinutes(1), true),
                            Rows.log(RUN, 1, "the heir's"))
                    .orElseThrow();
            assertThat(heir.epoch()).isGreaterThan(claim.epoch());
        }
        source.cut(Cut.BEFORE, ".log ");

        assertThatThrownBy(() -> write(claim, Rows.log(RUN, 1, "b"))).hasCauseInstanceOf(LeaseLostException.class);

        assertThat(source.isCut()).isTrue();
        assertThat(places("t")).containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @EnumSource
    void headIsStoredWhereverItsConnectionIsCut(Cut cut) {
        Claim claim = claim("t");
        source.cut(cut, "UPDATE test");

        write(claim, Rows.status(ThreadStatus.BLOCKED, RUN));
        assertThat(source.isCut()).isTrue();
        source.cut(cut, "UPDATE test");
        write(claim, Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(source.isCut()).isTrue();
        ThreadRecord row = store.thread("t").orElseThrow();
        assertThat(row.head().status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(row.lease()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void claimIsMadeOnceWhereverItsCommitIsCut(Cut cut) {
        source.cut(cut, "COMMIT");

        Claim claim = claim("t");

        assertThat(source.isCut()).isTrue();
        assertThat(store.thread("t").orElseThrow().epoch()).isEqualTo(claim.epoch());
        write(claim, Rows.log(RUN, 0, "a"));
        assertThat(places("t")).containsExactly(0L);
    }

    /** The tick is moved and its request is in line, or neither; a look that follows does what is missing, and no more. */
    @ParameterizedTest
    @EnumSource
    void firingIsStoredAsAWholeAndOnceWhereverItsConnectionIsCut(Cut cut) {
        ScheduledRun run = new ScheduledRun("EssayFlow.write", null, "q", 0, null, false, new byte[1], null);
        for (String statement : List.of("UPDATE ", "INSERT ", "COMMIT")) {
            String name = cut + " " + statement.strip();
            Instant tick = store.now();
            store.schedules()
                    .put(new ScheduleRecord(name, 0, "every:PT1H", ScheduleOptions.DEFAULT, run, false, tick, null));
            source.cut(cut, statement);

            for (int look = 0; look < 3; look++) {
                fireDue(name, tick);
                boolean moved = store.schedules().find(name).orElseThrow().last() != null;
                assertThat(store.queue().list(QueueQuery.all().thread(name + "/" + tick)))
                        .as("%s, look %s", name, look)
                        .hasSize(moved ? 1 : 0);
            }

            assertThat(source.isCut()).as(name).isTrue();
            assertThat(store.schedules().find(name).orElseThrow().nextAt()).isEqualTo(tick.plusSeconds(3600));
        }
    }

    private void fireDue(String name, Instant tick) {
        for (ScheduleRecord due : store.schedules().list(store.now())) {
            try {
                store.schedules().fire(due, tick.plusSeconds(3600), due.run().at(name, tick));
            } catch (CheckpointException lost) {
                assertThat(lost).hasMessageContaining("stored or not");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void batchOfManyThreadsIsSettledAsAWhole(Cut cut) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            claims.add(claim("t" + i));
        }
        source.cut(cut, ".log ");

        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (int seq = 0; seq < 5; seq++) {
            for (Claim claim : claims) {
                stages.add(store.write(claim, Rows.log(RUN, seq, "e"), false));
            }
        }
        stages.forEach(stage -> stage.toCompletableFuture().join());

        assertThat(source.isCut()).isTrue();
        claims.forEach(claim -> assertThat(places(claim.threadId())).containsExactly(0L, 1L, 2L, 3L, 4L));
    }

    /** A server that crashes may lose what was written behind, and this process does not. */
    @Test
    void claimThatLostWhatWasWrittenBehindWritesNoMore() throws SQLException {
        Claim loses = claim("loses");
        Claim keeps = claim("keeps");
        for (Claim claim : List.of(loses, keeps)) {
            store.write(claim, Rows.log(RUN, 0, "a"), false)
                    .toCompletableFuture()
                    .join();
        }
        TestServer.shared().execute("DELETE FROM " + db.schema() + ".log WHERE thread_id = 'loses'");
        terminateBackends();

        CompletionStage<Void> gap = store.write(loses, Rows.log(RUN, 1, "b"), true);
        write(keeps, Rows.log(RUN, 1, "b"));

        assertThat(gap.toCompletableFuture())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CheckpointException.class);
        assertThat(places("loses")).isEmpty();
        assertThat(places("keeps")).containsExactly(0L, 1L);
    }

    @Test
    void everyBackendMayBeTerminatedBetweenTwoCalls() throws SQLException {
        Claim claim = claim("t");
        for (int seq = 0; seq < 4; seq++) {
            terminateBackends();
            write(claim, Rows.log(RUN, seq, "e"));
            assertThat(places("t")).hasSize(seq + 1);
        }
    }

    private void terminateBackends() throws SQLException {
        TestServer.shared()
                .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE pid <> pg_backend_pid() AND query LIKE '%" + db.schema() + ".%'");
    }
}
