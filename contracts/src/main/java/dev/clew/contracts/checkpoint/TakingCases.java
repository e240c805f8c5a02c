package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What workers take of a queue. */
abstract class TakingCases extends QueueCases {
    TakingCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void aSmallerPriorityIsTakenFirstThenTheOlderOne() {
        enqueue(request("a", "late", 5, null, Duration.ZERO));
        enqueue(request("b", "first", 1, null, Duration.ZERO));
        enqueue(request("c", "second", 1, null, Duration.ZERO));

        assertThat(take(2)).containsExactly("first", "second");
        assertThat(take(2)).containsExactly("late");
    }

    @Test
    void whatIsTakenHasWhatWasEnqueued() {
        enqueue(request("a", "r-1", 7, "tenant", Duration.ZERO));

        var taken = queue().take(new TakeRequest("ann", QUEUE, Set.of(FLOW), 1, RESERVATION));

        assertThat(taken).singleElement().satisfies(row -> {
            assertThat(row.request().config()).isEqualTo(Rows.bytes("config"));
            assertThat(row.request().input()).isEqualTo(Rows.bytes("input of r-1"));
            assertThat(row.request().priority()).isEqualTo(7);
            assertThat(row.request().concurrencyKey()).isEqualTo("tenant");
            assertThat(row.owner()).isEqualTo("ann");
            assertThat(row.attempts()).isEqualTo(1);
            assertThat(row.isOpened()).isFalse();
        });
    }

    @Test
    void aWorkerTakesOnlyItsQueueAndItsWorkflows() {
        enqueue("a", "r-1");

        assertThat(queue().take(new TakeRequest("ann", "other", Set.of(FLOW), 9, RESERVATION)))
                .isEmpty();
        assertThat(queue().take(new TakeRequest("ann", QUEUE, Set.of("Other.flow"), 9, RESERVATION)))
                .isEmpty();
        assertThat(queue().take(new TakeRequest("ann", QUEUE, Set.of(), 9, RESERVATION)))
                .isEmpty();
        assertThat(take(9)).containsExactly("r-1");
    }

    @Test
    void nothingIsTakenTwice() {
        enqueue("a", "r-1");

        assertThat(take("ann", 9)).containsExactly("r-1");
        assertThat(take("bob", 9)).isEmpty();
        assertThat(tryToOpen("a", "r-1", "bob")).isEmpty();
        assertThat(tryToOpen("a", "r-1", "ann")).isPresent();
    }

    @Test
    void anOpenedRequestIsNotOpenedAgain() {
        enqueue("a", "r-1");
        take(1);
        write(open("a", "r-1"), Rows.release(ThreadStatus.IDLE, "r-1"));

        assertThat(tryToGoOn("a", "r-1", "ann")).isEmpty();
    }

    @Test
    void aReservationThatEndedIsTakenAgainAfterAPauseThatGrows() {
        enqueue("a", "r-1");
        for (int attempt = 1; attempt < RunQueue.MAX_ATTEMPTS; attempt++) {
            assertThat(take(1)).as("attempt " + attempt).containsExactly("r-1");
            clock().advance(RESERVATION);
            tend();
            assertThat(take(1)).isEmpty();
            clock().advance(Duration.ofSeconds(1L << attempt));
        }
        assertThat(take(1)).containsExactly("r-1");
        clock().advance(RESERVATION);
        tend();

        assertThat(state("a", "r-1")).isEqualTo(RequestState.HELD);
    }

    @Test
    void whatAWorkerGivesBackBecauseItEndsIsReadyAtOnce() {
        enqueue("a", "r-1");
        take(1);

        giveBack("a", "r-1", GiveBack.Reason.CLOSING);

        assertThat(take("bob", 1)).containsExactly("r-1");
        assertThat(row("a", "r-1").attempts()).isEqualTo(1);
    }

    @Test
    void onlyTheOneThatTookItGivesItBack() {
        enqueue("a", "r-1");
        take("bob", 1);

        giveBack("a", "r-1", GiveBack.Reason.CLOSING);

        assertThat(row("a", "r-1").owner()).isEqualTo("bob");
    }

    @Test
    void whatMetABusyThreadIsTakenAgainAfterAMoment() {
        enqueue("a", "r-1");
        take(1);

        giveBack("a", "r-1", GiveBack.Reason.THREAD_BUSY);

        assertThat(take(1)).isEmpty();
        clock().advance(Duration.ofSeconds(1));
        assertThat(take(1)).containsExactly("r-1");
    }

    @Test
    void theLimitOfAQueueHoldsOverAllWorkers() {
        queue().configure(QUEUE, QueueSettings.NONE.globalConcurrency(2));
        for (String thread : List.of("a", "b", "c")) {
            enqueue(thread, "r-" + thread);
        }

        assertThat(take("ann", 5)).containsExactly("r-a", "r-b");
        assertThat(take("bob", 5)).isEmpty();
        write(open("a", "r-a"), Rows.release(ThreadStatus.INTERRUPTED, "r-a"));
        assertThat(take("bob", 5)).containsExactly("r-c");
    }

    @Test
    void theLimitOfAKeyLetsOtherKeysPass() {
        queue().configure(QUEUE, QueueSettings.NONE.perKeyConcurrency(1));
        enqueue(request("a", "r-1", 0, "x", Duration.ZERO));
        enqueue(request("b", "r-2", 0, "x", Duration.ZERO));
        enqueue(request("c", "r-3", 0, "y", Duration.ZERO));
        enqueue("d", "r-4");

        assertThat(take(5)).containsExactly("r-1", "r-3", "r-4");
        write(open("a", "r-1"), Rows.release(ThreadStatus.IDLE, "r-1"));
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void aPausedQueueOpensNothingNewAndLetsOpenRunsGoOn() {
        enqueue("a", "r-1");
        take(1);
        Claim claim = open("a", "r-1");
        enqueue("b", "r-2");
        queue().configure(QUEUE, QueueSettings.NONE.paused(true));

        write(claim, Rows.release(ThreadStatus.RUNNING, "r-1"));

        assertThat(take(5)).containsExactly("r-1");
        queue().configure(QUEUE, QueueSettings.NONE);
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void aQueueTellsWhatItHolds() {
        assertThat(queue().state(QUEUE).counts()).isEmpty();
        queue().configure(QUEUE, QueueSettings.NONE.globalConcurrency(3));
        var first = clock().instant();
        enqueue("a", "r-1");
        enqueue("b", "r-2");
        enqueue("b", "r-3");
        tend();

        QueueState state = queue().state(QUEUE);

        assertThat(state.settings().globalConcurrency()).isEqualTo(3);
        assertThat(state.count(RequestState.READY)).isEqualTo(2);
        assertThat(state.count(RequestState.WAITING)).isEqualTo(1);
        assertThat(state.oldest()).isEqualTo(first);
        assertThat(state.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.owner()).isEqualTo("ann");
            assertThat(worker.workflows()).containsExactly(FLOW);
            assertThat(worker.slots()).isEqualTo(4);
        });
        assertThat(state.untaken()).isEmpty();
        queue().leave("ann", QUEUE);
        assertThat(queue().state(QUEUE).workers()).isEmpty();
        assertThat(queue().state(QUEUE).untaken()).containsExactly(FLOW);
    }

    @Test
    void aWorkerThatIsNotSeenAnyMoreIsForgotten() {
        tend();
        clock().advance(Duration.ofMinutes(10).plusNanos(1));

        queue().tend(new WorkerRecord("bob", QUEUE, Set.of(FLOW), 1, clock().instant()));

        assertThat(queue().state(QUEUE).workers())
                .extracting(worker -> worker.owner())
                .containsExactly("bob");
    }

    @Test
    void workersHearOfWhatBecomesReadyInTheirQueue() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        AutoCloseable hints = queue().onReady(QUEUE, heard::incrementAndGet);
        enqueue("a", "r-1");
        assertThat(heard.get()).isPositive();
        enqueue("a", "r-2");
        take(1);
        Claim claim = open("a", "r-1");
        int before = heard.get();
        write(claim, Rows.release(ThreadStatus.IDLE, "r-1"));
        assertThat(heard.get()).isGreaterThan(before);

        hints.close();
        int last = heard.get();
        enqueue("b", "r-3");
        assertThat(heard.get()).isEqualTo(last);
    }

    @Test
    void contendersTakeEachRequestOnce() throws Exception {
        for (int i = 0; i < 200; i++) {
            enqueue("t-" + i, "r-" + i);
        }
        List<List<String>> taken = Contenders.race(4, worker -> {
            List<String> mine = new ArrayList<>();
            for (List<String> some = take("w-" + worker, 7); !some.isEmpty(); some = take("w-" + worker, 7)) {
                mine.addAll(some);
            }
            return mine;
        });

        assertThat(taken.stream().flatMap(List::stream)).hasSize(200).doesNotHaveDuplicates();
    }
}
