package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.Write;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests whose thread is used without its queue meanwhile, or whose owner vanishes at a bad moment. */
abstract class CrossingCases extends QueueCases {
    /** What opens a run in EXIT mode: nothing of it is stored. */
    private static final Write NEVER_RAN =
            new Write(null, List.of(), null, List.of(), new Head(ThreadStatus.IDLE, null, "", null, 0), false);

    CrossingCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void aRunThatIsOpenedWithoutItsRequestHasItsRequest() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");

        Claim direct = claim(request(THREAD, "web", 0), Rows.open("r-1"));

        assertThat(row(THREAD, "r-1").isOpened()).isTrue();
        assertThat(row(THREAD, "r-1").owner()).isEqualTo("web");
        assertThat(thread(THREAD).isQueued()).isTrue();
        write(direct, Rows.release(ThreadStatus.IDLE, "r-1"));
        assertThat(queue().find(THREAD, "r-1")).isEmpty();
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void aReservationEndsWhereItsRunIsOpenedWithoutIt() {
        enqueue(THREAD, "r-1");
        take(1);

        Claim direct = claim(request(THREAD, "web", 0), Rows.open("r-1"));

        assertThat(tryToOpen(THREAD, "r-1", "ann")).isEmpty();
        giveBack(THREAD, "r-1", GiveBack.Reason.THREAD_BUSY);
        write(direct, Rows.release(ThreadStatus.INTERRUPTED, "r-1"));
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.PARKED);
        assertThat(row(THREAD, "r-1").isOpened()).isTrue();
    }

    @Test
    void aRunInExitModeThatIsOpenedWithoutItsRequestEndsIt() {
        enqueue(THREAD, "r-1");
        Claim direct = claim(request(THREAD, "web", 0), NEVER_RAN);

        write(
                direct,
                new Write(
                        null,
                        List.of(),
                        Rows.run("r-1"),
                        List.of(Rows.input("r-1")),
                        Rows.head(ThreadStatus.IDLE, "r-1"),
                        true));

        assertThat(queue().find(THREAD, "r-1")).isEmpty();
        assertThat(take(5)).isEmpty();
    }

    @Test
    void aRunInExitModeWhoseOwnerVanishedIsReadyWhenTheLeaseIsOver() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        take(1);
        claim(new ClaimRequest(THREAD, FLOW, "ann", 0, LEASE, false, "r-1"), NEVER_RAN);
        clock().advance(LEASE);

        assertThat(tend()).isEqualTo(1);

        assertThat(row(THREAD, "r-1").isOpened()).isFalse();
        clock().advance(Duration.ofSeconds(2));
        assertThat(take("bob", 5)).containsExactly("r-1");
        assertThat(tryToOpen(THREAD, "r-1", "bob")).isPresent();
    }

    @Test
    void aDirectRunInExitModeWhoseOwnerVanishedLetsItsLinePass() {
        claim(request(THREAD, "web", 0), NEVER_RAN);
        enqueue(THREAD, "r-1");
        assertThat(take(5)).isEmpty();
        clock().advance(LEASE);

        tend();

        assertThat(take(5)).containsExactly("r-1");
        assertThat(tryToOpen(THREAD, "r-1", "ann")).isPresent();
    }

    @Test
    void aReminderDoesNotMakeItsThreadBusy() {
        enqueue(request(THREAD, "later", 0, null, Duration.ofHours(1)));

        assertThat(queue().enqueue(request(THREAD, "now"), false)).isEqualTo(Enqueued.ADDED);
    }

    @Test
    void whatMayAbandonAQuestionNeedNotWait() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));
        QueuedRun abandoning =
                new QueuedRun(THREAD, "r-2", QUEUE, FLOW, 0, null, true, Duration.ZERO, Rows.bytes("{}"), null);

        assertThat(queue().enqueue(abandoning, false)).isEqualTo(Enqueued.ADDED);
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void delayedRequestsJoinInTheOrderInWhichTheyAreDue() {
        enqueue(request(THREAD, "last", 0, null, Duration.ofMinutes(2)));
        enqueue(request(THREAD, "first", 0, null, Duration.ofMinutes(1)));
        clock().advance(Duration.ofMinutes(3));
        tend();

        assertThat(take(5)).containsExactly("first");
    }

    @Test
    void whatWaitsAfterItWasGivenBackDelaysNothingElse() {
        for (int i = 0; i < 510; i++) {
            String thread = "busy-" + i;
            enqueue(thread, "r");
            assertThat(take(1)).containsExactly("r");
            Claim direct = claim(request(thread, "web", 0), Rows.open("direct"));
            giveBack(thread, "r", GiveBack.Reason.THREAD_BUSY);
            write(direct, Rows.release(ThreadStatus.INTERRUPTED, "direct"));
        }
        enqueue(request(THREAD, "later", 0, null, Duration.ofMinutes(1)));
        clock().advance(Duration.ofMinutes(1));

        assertThat(tend()).isEqualTo(1);
        assertThat(take(5)).containsExactly("later");
    }

    @Test
    void anOpenedRunThatCannotGoOnIsTriedLessOftenAndThenHeld() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.RUNNING, "r-1"));
        for (int attempt = 1; attempt < 5; attempt++) {
            assertThat(take(1)).as("attempt " + attempt).containsExactly("r-1");
            giveBack(THREAD, "r-1", GiveBack.Reason.FAILED);
            assertThat(take(1)).isEmpty();
            clock().advance(Duration.ofSeconds(1L << attempt));
        }
        assertThat(take(1)).containsExactly("r-1");
        giveBack(THREAD, "r-1", GiveBack.Reason.FAILED);

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.HELD);
    }

    @Test
    void workersHearOfARunThatIsAnsweredFromOutside() throws Exception {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));
        AtomicInteger heard = new AtomicInteger();
        try (AutoCloseable hints = queue().onReady(QUEUE, heard::incrementAndGet)) {
            claim(request(THREAD, "web", thread(THREAD).epoch()), Rows.release(ThreadStatus.ANSWERED, "r-1"));

            assertThat(hints).isNotNull();
            assertThat(heard.get()).isPositive();
        }
    }

    @Test
    void deletingAThreadThatNeverRanCancelsItsLine() {
        enqueue(THREAD, "r-1");

        assertThat(subject().delete(Deletion.thread(THREAD, 0))).isTrue();

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.CANCELLED);
        assertThat(take(5)).isEmpty();
    }

    @Test
    void aKeyAtItsLimitAtTheHeadBlocksNoOther() {
        queue().configure(QUEUE, QueueSettings.NONE.perKeyConcurrency(1));
        for (int i = 0; i < 50; i++) {
            enqueue(request("busy-" + i, "r", 0, "busy", Duration.ZERO));
        }
        enqueue(request(THREAD, "other", 0, "free", Duration.ZERO));

        assertThat(take(5)).containsExactly("r", "other");
        assertThat(take(5)).isEmpty();
    }
}
