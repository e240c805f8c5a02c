package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Nightly;
import dev.clew.queue.QueuedRun;
import dev.clew.state.ThreadStatus;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A primary with a synchronous standby is killed under load, and the standby takes its place: nothing that was acknowledged is
 * missing, nothing is there twice, and the process goes on.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the server is killed by a signal")
final class FailOverTest {
    private static final int THREADS = 8;
    private static final String RUN = "run-1";
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> enqueued = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @RepeatedTest(20)
    @Timeout(180)
    void nothingThatWasAcknowledgedIsLost(RepetitionInfo repetition) throws Exception {
        if (!Nightly.isOn() && repetition.getCurrentRepetition() > 1) {
            return;
        }
        try (Cluster primary = Cluster.make()) {
            primary.configure("wal_keep_size = '256MB'");
            try (Cluster standby = primary.standby("standby1")) {
                primary.configure("synchronous_standby_names = 'standby1'");
                primary.start();
                standby.start();
                Eventually.until(() -> isSynchronous(primary));
                failOver(primary, standby);
            }
        }
    }

    private void failOver(Cluster primary, Cluster standby) throws Exception {
        String both = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port()
                + "/postgres?targetServerType=primary";
        ExecutorService hands = Executors.newFixedThreadPool(THREADS + 1);
        try (Postgres db = Postgres.connect(both, "postgres", "")) {
            for (int i = 0; i < THREADS; i++) {
                String thread = "thread-" + i;
                hands.execute(() -> append(db.checkpointer(), thread));
            }
            hands.execute(() -> enqueue(db.checkpointer()));
            Eventually.until(() -> total() > 200);
            Thread.sleep(ThreadLocalRandom.current().nextInt(200));

            primary.kill();
            int before = total();
            standby.promote();
            Eventually.until(() -> total() > before + 100 || over.get());
            over.set(true);
            hands.shutdown();
            assertThat(hands.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

            assertThat(total()).as("it went on").isGreaterThan(before + 50);
            judge(db.checkpointer());
        } finally {
            over.set(true);
            hands.shutdownNow();
        }
    }

    private int total() {
        return acknowledged.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Each entry is durable before the next one. What fails ends the claim; its thread is claimed anew and continues. */
    private void append(Checkpointer store, String thread) {
        while (!over.get()) {
            try {
                long epoch = store.thread(thread).map(row -> row.epoch()).orElse(0L);
                Claim claim = store.claim(
                                new ClaimRequest(thread, "EssayFlow.write", "ann", epoch, LEASE, true),
                                epoch == 0 ? Rows.open(RUN) : Rows.status(ThreadStatus.RUNNING, RUN))
                        .orElseThrow(() -> new CheckpointException("claimed meanwhile"));
                int next = entries(store, thread).size();
                while (!over.get()) {
                    store.write(claim, Rows.log(RUN, next, "entry " + next), true)
                            .toCompletableFuture()
                            .join();
                    next++;
                    acknowledged.put(thread, next);
                }
            } catch (RuntimeException lost) {
                pause();
            }
        }
    }

    private void enqueue(Checkpointer store) {
        for (int i = 0; !over.get(); i++) {
            String id = "queued-" + i;
            try {
                store.queue()
                        .enqueue(
                                new QueuedRun(
                                        id,
                                        id,
                                        "q",
                                        "EssayFlow.write",
                                        0,
                                        null,
                                        false,
                                        Duration.ZERO,
                                        new byte[1],
                                        null),
                                true);
                enqueued.put(id, id);
            } catch (CheckpointException lost) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(Checkpointer store) {
        acknowledged.forEach((thread, count) -> {
            List<String> entries = entries(store, thread);
            assertThat(entries).as(thread).hasSizeGreaterThanOrEqualTo(count);
            for (int i = 0; i < entries.size(); i++) {
                assertThat(entries.get(i)).as(thread).isEqualTo("entry " + i);
            }
        });
        assertThat(enqueued).isNotEmpty();
        enqueued.keySet()
                .forEach(id -> assertThat(store.queue().find(id, id)).as(id).isPresent());
    }

    private static List<String> entries(Checkpointer store, String thread) {
        List<String> entries = new ArrayList<>();
        store.scan(thread, RUN, 0, entry -> entries.add(new String(entry.bytes(), StandardCharsets.UTF_8)));
        return entries;
    }

    private static boolean isSynchronous(Cluster primary) {
        try (Connection connection = DriverManager.getConnection(primary.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sync_state FROM pg_stat_replication")) {
            return rows.next() && rows.getString(1).equals("sync");
        } catch (SQLException notYet) {
            return false;
        }
    }
}
