package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.RequestRow;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A worker process stops in the middle of what it does, at another one of its messages each time, and says nothing: with
 * transactions open, if it has any. Runs of other threads go on beside it. What its messages do to a server is all that a stopped
 * process does to others, so they are held back by a proxy.
 */
@Timeout(900)
@EnabledIfSystemProperty(named = "clew.nightly", matches = "true")
final class StalledWorkerTest {
    private static final int RUNS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What waits for a lock of a stopped process waits for four seconds, until the server ends its transaction, or five. */
    private static final long HELD_UP = 3_500;

    private final String schema = TestServer.shared().freshSchema();
    private CuttingProxy proxy;
    private Postgres stalling;
    private Postgres other;
    private Lab stalled;
    private Lab going;
    private int threads;

    @BeforeEach
    void open() throws Exception {
        String url = TestServer.shared().url();
        Properties server = Driver.parseURL(url, new Properties());
        proxy = new CuttingProxy(Integer.parseInt(server.getProperty("PGPORT")));
        other = Postgres.of(source(url), PostgresOptions.defaults().schema(schema));
        PGSimpleDataSource slow = source(url);
        slow.setServerNames(new String[] {"127.0.0.1"});
        slow.setPortNumbers(new int[] {proxy.port()});
        stalling = Postgres.of(slow, PostgresOptions.defaults().schema(schema));
    }

    private static PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setPrepareThreshold(1);
        return source;
    }

    /** Both take from one queue. Of the other two, each has one: so a test knows who stops. */
    private void work(QueueSettings limits) {
        List.of("both", "own", "other")
                .forEach(queue -> other.checkpointer().queue().configure(queue, limits));
        stalled = worker(stalling, "both", "own");
        going = worker(other, "both", "other");
    }

    private static Lab worker(Postgres db, String... queues) {
        Lab lab = new Lab(db.checkpointer(), Durability.SYNC)
                .options(graph -> {
                    for (String queue : queues) {
                        graph.worker(Worker.of(queue).concurrency(16).pollEvery(Duration.ofMillis(50)));
                    }
                    return LabGraph.lease(graph, Duration.ofSeconds(30)).parkAfter(Duration.ZERO);
                })
                .body((input, calls, run) -> {
                    String first = calls.task("first", input, in -> in + "1").join();
                    run.sleep(Duration.ofMillis(5));
                    return calls.task("second", first, in -> in + "2").join();
                });
        lab.workflow();
        return lab;
    }

    @AfterEach
    void close() throws Exception {
        proxy.goOn();
        stalled.close();
        going.close();
        stalling.close();
        other.close();
        proxy.close();
    }

    private RunHandle<String> enqueue(String queue) {
        threads++;
        return going.workflow().enqueue("x", RunConfig.once("t" + threads).queue(queue));
    }

    /** How long it took until runs of other threads were over, the longest of some; in milliseconds. */
    private long longest(String queue) {
        long longest = 0;
        for (int i = 0; i < RUNS; i++) {
            long begun = System.nanoTime();
            assertThat(enqueue(queue).result(PATIENCE).value()).isEqualTo("x12");
            longest = Math.max(longest, System.nanoTime() - begun);
        }
        return TimeUnit.NANOSECONDS.toMillis(longest);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void runsOfOtherThreadsGoOnWhereverAWorkerStops(boolean limited) throws Exception {
        work(limited ? QueueSettings.NONE.globalConcurrency(1_000).perKeyConcurrency(1_000) : QueueSettings.NONE);
        proxy.cutBefore(Long.MAX_VALUE);
        assertThat(enqueue("own").result(PATIENCE).value()).isEqualTo("x12");
        long all = proxy.counted() + 10;
        List<Long> undisturbed = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        for (long number = 1; number <= all; number++) {
            undisturbed.add(longest("other"));
            proxy.stall(number);
            RunHandle<String> own = enqueue("own");
            Eventually.until(proxy::isStalled);
            beside.add(longest("other"));
            proxy.goOn();
            assertThat(own.result(PATIENCE).value()).as("message %d", number).isEqualTo("x12");
        }
        System.out.println((limited ? "limited: " : "unlimited: ") + beside.size() + " stops; the longest run: "
                + undisturbed.stream().mapToLong(n -> n).max().orElse(0) + " ms undisturbed, "
                + beside.stream().mapToLong(n -> n).max().orElse(0) + " ms beside a stopped worker");
        assertThat(beside).isNotEmpty().allSatisfy(millis -> assertThat(millis).isLessThan(HELD_UP));
    }

    /** A lock that is held would make the other one fail after a patience. */
    @Test
    void aTakeThatCountsHoldsNoLockWhileItsProcessIsStopped() throws Exception {
        work(QueueSettings.NONE.globalConcurrency(1_000).perKeyConcurrency(1_000));
        stalled.close();
        for (int number = 1; number <= 3; number++) {
            proxy.stall(number);
            Thread taking = new Thread(() -> take(stalling, "ann"));
            taking.start();
            boolean over = false;
            while (!over && !proxy.isStalled()) {
                over = !taking.isAlive();
            }

            assertThat(take(other, "bob")).as("message %d", number).isEmpty();

            proxy.goOn();
            taking.join();
        }
    }

    private static List<RequestRow> take(Postgres db, String owner) {
        return db.checkpointer()
                .queue()
                .take(new TakeRequest(owner, "both", Set.of("Lab.run"), 4, Duration.ofSeconds(1)));
    }
}
