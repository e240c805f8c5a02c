package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.checkpoint.Contenders;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.torture.Child;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several objects and several processes on one file. */
@Timeout(60)
final class SqliteProcessesTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("threads.db");
    }

    @Test
    void twoObjectsOfOneProcessSeeEachOthersWrites() {
        try (Sqlite one = Sqlite.open(file);
                Sqlite two = Sqlite.open(file)) {
            Claim claim = Db.open(one, "essay-1");
            Db.append(one, claim, 0, false).toCompletableFuture().join();

            assertThat(Db.log(two, "essay-1")).containsExactly("0:e0");
            assertThat(Db.tryClaim(two.checkpointer(), "essay-1", "bob", claim.epoch()))
                    .isEmpty();
        }
    }

    @Test
    void closingOneObjectLeavesTheOtherWorking() {
        try (Sqlite one = Sqlite.open(file)) {
            Claim claim = Db.open(one, "essay-1");
            for (int seq = 0; seq < 5; seq++) {
                Sqlite.open(file).close();
                Db.append(one, claim, seq, true).toCompletableFuture().join();
            }
            assertThat(Db.log(one, "essay-1")).hasSize(5);
        }
    }

    @Test
    void oneOfTwoObjectsWinsEachClaim() throws Exception {
        try (Sqlite one = Sqlite.open(file);
                Sqlite two = Sqlite.open(file)) {
            for (int round = 0; round < 30; round++) {
                String threadId = "essay-" + round % 3;
                long epoch = one.checkpointer()
                        .thread(threadId)
                        .map(ThreadRecord::epoch)
                        .orElse(0L);

                List<Optional<Claim>> outcomes = Contenders.race(
                        4,
                        contender -> Db.tryClaim(
                                (contender % 2 == 0 ? one : two).checkpointer(),
                                threadId,
                                "owner-" + contender,
                                epoch));

                List<Claim> won = outcomes.stream().flatMap(Optional::stream).toList();
                assertThat(won).as("round " + round).hasSize(1);
                String runId =
                        one.checkpointer().thread(threadId).orElseThrow().head().runId();
                Db.write(one, won.get(0), Rows.release(ThreadStatus.IDLE, runId));
            }
        }
    }

    @Test
    void claimTakenByAnotherObjectFencesThisOne() {
        try (Sqlite one = Sqlite.open(file);
                Sqlite two = Sqlite.open(file)) {
            Claim zombie = Db.open(one, "essay-1");
            var takeover =
                    new ClaimRequest("essay-1", "EssayFlow.write", "bob", zombie.epoch(), Duration.ofSeconds(30), true);
            assertThat(two.checkpointer().claim(takeover, Rows.open("run-2"))).isPresent();

            assertThat(Db.failure(Db.append(one, zombie, 0, true))).isInstanceOf(LeaseLostException.class);
            assertThat(Db.log(one, "essay-1")).isEmpty();
        }
    }

    /** They start on a file that does not exist, so they also race to make it. */
    @Tag("B209")
    @Tag("B210")
    @Test
    void oneOfSeveralProcessesWinsEachClaim() throws Exception {
        try (Child ann = Child.start(ClaimingProcess.class, file.toString(), "ann");
                Child bob = Child.start(ClaimingProcess.class, file.toString(), "bob")) {
            assertThat(ann.line()).isEqualTo("ready");
            assertThat(bob.line()).isEqualTo("ready");

            ann.go();
            bob.go();
            List<String> won = new ArrayList<>(ann.rest());
            won.addAll(bob.rest());

            assertThat(won)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ClaimingProcess.THREADS)
                            .mapToObj(i -> "essay-" + i)
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killedProcessLeavesAPrefixWithAllThatWasAcknowledged(boolean durable) throws Exception {
        String acknowledged = "-1";
        try (Child child = Child.start(AppendingProcess.class, file.toString(), Boolean.toString(durable))) {
            for (int i = 0; i < 120; i++) {
                acknowledged = child.line();
            }
            child.kill();
            List<String> rest = child.rest();
            acknowledged = rest.isEmpty() ? acknowledged : complete(rest, acknowledged);
        }

        try (Sqlite db = Sqlite.open(file)) {
            List<String> log = Db.log(db, "essay-1");

            assertThat(log).hasSizeGreaterThan(Integer.parseInt(acknowledged));
            assertThat(log)
                    .containsExactlyElementsOf(IntStream.range(0, log.size())
                            .mapToObj(seq -> seq + ":e" + seq)
                            .toList());
        }
    }

    @Test
    @Tag("B245")
    void resultCachedByAProcessIsAHitInTheNextOneThoughItWasKilled() throws Exception {
        try (Child first = Child.start(CachingProcess.class, file.toString(), "!")) {
            assertThat(first.line()).isEqualTo("hi! 1");
            first.kill();
        }
        try (Child second = Child.start(CachingProcess.class, file.toString(), "?")) {
            assertThat(second.line()).isEqualTo("hi! 0");
        }
    }

    /** The last line may be cut; the one before it is whole. */
    private static String complete(List<String> rest, String before) {
        return rest.size() > 1 ? rest.get(rest.size() - 2) : before;
    }
}
