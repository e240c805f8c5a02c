package dev.clew.samples.guides;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunStream;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.RequestRow;
import dev.clew.queue.Worker;
import dev.clew.samples.guides.Billing.Bill;
import dev.clew.samples.guides.Billing.Reading;
import dev.clew.schedule.Schedule;
import dev.clew.schedules.Cron;
import dev.clew.sqlite.Sqlite;
import dev.clew.state.RunStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillingTest {
    @TempDir
    private Path dir;

    @ClewTest({MEMORY, SQLITE})
    void printsOnceThoughItsProcessCrashesAfterPrinting(Lab lab) throws Exception {
        Path printer = dir.resolve("printed.csv");
        var billing = lab.graph(() -> BillingGraph.builder(new Billing(printer)));
        var fakes = billing.fakes(BillingTasks::on);
        fakes.when(tasks -> tasks.tariff("ann")).fails(2).thenReturns(new BigDecimal("0.25"));
        var chunk = billing.workflow(BillingGraph::chunk);

        lab.crashWithin("print"); // it is on paper, and nothing is recorded

        assertThat(chunk.invoke(List.of(new Reading("ann", 100))))
                .isCompletedWith(List.of(new Bill("ann", new BigDecimal("25.00"))));
        assertThat(Files.readAllLines(printer)).hasSize(1);
    }

    @Test
    void reportsEachHundredBills() throws Exception {
        Path readings = readings(250);
        List<String> told = new ArrayList<>();
        try (var db = Sqlite.open(dir.resolve("billing.db"));
                var graph = BillingGraph.builder(new Billing(dir.resolve("printed.csv")))
                        .checkpointer(db.checkpointer())
                        .cache(db.cache())
                        .build()) {
            RunConfig night = RunConfig.once("2026-12-01").maxConcurrency(8);
            int done = 0;
            try (RunStream<List<Bill>> stream =
                    graph.nightly().stream(readings.toString(), night, StreamMode.UPDATES)) {
                for (StreamEvent event : stream) {
                    boolean isBill = event instanceof StreamEvent.Update update
                            && update.name().equals(graph.bill().name());
                    if (isBill && ++done % 100 == 0) {
                        told.add(done + " bills");
                    }
                }
            }
        }
        assertThat(told).containsExactly("100 bills", "200 bills");
    }

    @Test
    void aNightOverWorkersIsTriedAtOnceAndCancelledWithItsChunks() throws Exception {
        Path readings = readings(250);
        Path file = dir.resolve("nights.db");
        Billing billing = new Billing(dir.resolve("printed.csv"));
        try (var db = Sqlite.open(file);
                var bills = BillingGraph.builder(billing)
                        .checkpointer(db.checkpointer())
                        .cache(db.cache())
                        .worker(Worker.of("chunks").concurrency(1))
                        .build();
                var nights = BillingNightGraph.builder(new BillingNight(billing, bills.chunk()))
                        .checkpointer(db.checkpointer())
                        .worker(Worker.of("nights"))
                        .build()) {
            bills.queue("chunks")
                    .configure(QueueSettings.NONE.globalConcurrency(2)); // 2 chunks of 4 tasks: 8 at a time
            RunConfig config = RunConfig.none().queue("nights");
            Schedule nightly = nights.night()
                    .schedule("nightly", Cron.of("0 2 * * *", ZoneId.of("Europe/Berlin")), readings.toString(), config);

            nightly.fire(Instant.now()); // does not wait for two o'clock

            var fired = nightly.state().orElseThrow().last();
            RunHandle<Integer> night = nights.night().handle(fired.requestId(), fired.threadId());
            assertThat(night.result().value()).isEqualTo(250);
        }
        try (var db = Sqlite.open(file);
                var bills = BillingGraph.client(db.checkpointer());
                var nights = BillingNightGraph.client(db.checkpointer())) {
            RunHandle<Integer> night =
                    nights.night().enqueue("other.csv", RunConfig.once("n").queue("nights"));
            RunHandle<List<Bill>> chunk =
                    bills.chunk().enqueue(List.of(), RunConfig.once("n/chunk-0").queue("chunks"));

            cancel(night, bills);

            assertThat(night.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(chunk.status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    private static void cancel(RunHandle<Integer> night, BillingGraph bills) {
        night.cancel();
        for (RequestRow chunk : bills.queue("chunks").requests()) {
            String thread = chunk.request().threadId();
            if (thread.startsWith(night.threadId() + "/")) {
                bills.chunk().handle(chunk.request().requestId(), thread).cancel();
            }
        }
    }

    private Path readings(int count) throws Exception {
        return Files.write(
                dir.resolve("readings.csv"),
                IntStream.range(0, count).mapToObj(i -> "c" + i % 20 + "," + i).toList());
    }
}
