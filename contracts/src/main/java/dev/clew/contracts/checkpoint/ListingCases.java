package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which threads are listed. */
abstract class ListingCases extends ContractCases {
    private static final ThreadQuery ALL = ThreadQuery.all();

    ListingCases(CheckpointerContract contract) {
        super(contract);
    }

    private void parkedUntil(String threadId, Instant wakeAt) {
        Head head = new Head(ThreadStatus.SLEEPING, RUN, "input-" + RUN, wakeAt, 0);
        write(claim(threadId, "ann", RUN), new Write(null, List.of(), null, List.of(), head, true));
    }

    private void of(String threadId, String workflow) {
        var request = new ClaimRequest(threadId, workflow, "ann", 0, LEASE, false);
        claim(request, Rows.open(RUN));
    }

    @Test
    void threadsAreFoundByTheirIds() {
        for (String id : List.of("a", "b", "c")) {
            parked(id, ThreadStatus.IDLE);
        }
        claim("d", "ann", RUN);

        assertThat(threadIds(ThreadQuery.all().ids(Set.of("d", "b", "no-such-thread"))))
                .containsExactly("b", "d");
        assertThat(threadIds(ThreadQuery.all().ids(Set.of("d", "b")).status(ThreadStatus.RUNNING)))
                .containsExactly("d");
        assertThat(threadIds(ThreadQuery.all().ids(Set.of("d", "b")).after("b")))
                .containsExactly("d");
    }

    @Test
    void emptyStoreListsNothing() {
        assertThat(subject().threads(ALL)).isEmpty();
    }

    @Test
    void orderIsByThreadIdWhateverTheOrderOfBirth() {
        for (String threadId : List.of("m", "b", "z", "a", "B", "")) {
            parked(threadId, ThreadStatus.IDLE);
        }

        assertThat(threadIds(ALL)).containsExactly("", "B", "a", "b", "m", "z");
    }

    @Test
    void rowsAreThoseThatAreReadOneByOne() {
        parked("a", ThreadStatus.IDLE);
        claim("b", "bob", RUN);
        parkedUntil("c", clock().instant());

        assertThat(subject().threads(ALL)).containsExactly(thread("a"), thread("b"), thread("c"));
    }

    @Test
    void statusesSelect() {
        parked("a", ThreadStatus.IDLE);
        parked("b", ThreadStatus.INTERRUPTED);
        parked("c", ThreadStatus.FAILED);
        parked("d", ThreadStatus.INTERRUPTED);
        parked("e", ThreadStatus.IDLE);

        assertThat(threadIds(ALL.status(ThreadStatus.INTERRUPTED))).containsExactly("b", "d");
        assertThat(threadIds(ALL.status(ThreadStatus.FAILED, ThreadStatus.IDLE)))
                .containsExactly("a", "c", "e");
        assertThat(threadIds(ALL.status(ThreadStatus.STUCK))).isEmpty();
        assertThat(threadIds(ALL.status(ThreadStatus.values()))).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void runningThreadWhoseLeaseRanOutIsCrashed() {
        claim("gone", "ann", RUN);
        clock().advance(LEASE);
        claim("alive", "bob", RUN);
        parked("parked", ThreadStatus.INTERRUPTED);

        assertThat(threadIds(ALL.status(ThreadStatus.RUNNING))).containsExactly("alive");
        assertThat(threadIds(ALL.status(ThreadStatus.CRASHED))).containsExactly("gone");
        assertThat(threadIds(ALL.status(ThreadStatus.CRASHED, ThreadStatus.RUNNING)))
                .containsExactly("alive", "gone");
        assertThat(threadIds(ALL.status(ThreadStatus.CRASHED, ThreadStatus.INTERRUPTED)))
                .containsExactly("gone", "parked");
        assertThat(thread("gone").status()).isEqualTo(ThreadStatus.CRASHED);
        assertThat(thread("gone").head().status()).isEqualTo(ThreadStatus.RUNNING);
    }

    @Test
    void runningThreadThatWasReleasedIsCrashed() {
        parked("sealed", ThreadStatus.RUNNING);

        assertThat(threadIds(ALL.status(ThreadStatus.CRASHED))).containsExactly("sealed");
        assertThat(threadIds(ALL.status(ThreadStatus.RUNNING))).isEmpty();
    }

    @Test
    void interruptedThreadWithAnExpiredLeaseIsStillInterrupted() {
        write(claim("a", "ann", RUN), Rows.status(ThreadStatus.INTERRUPTED, RUN));
        clock().advance(LEASE);

        assertThat(threadIds(ALL.status(ThreadStatus.INTERRUPTED))).containsExactly("a");
        assertThat(threadIds(ALL.status(ThreadStatus.CRASHED))).isEmpty();
    }

    @Test
    void aFilterByStatusFindsExactlyTheRowsThatHaveIt() {
        List<String> all = new ArrayList<>();
        for (ThreadStatus status : ThreadStatus.values()) {
            if (status == ThreadStatus.CRASHED) {
                continue;
            }
            parked("released-" + status, status);
            write(claim("expired-" + status, "ann", RUN), Rows.status(status, RUN));
            all.addAll(List.of("released-" + status, "expired-" + status, "owned-" + status));
        }
        clock().advance(LEASE);
        for (ThreadStatus status : ThreadStatus.values()) {
            if (status != ThreadStatus.CRASHED) {
                write(claim("owned-" + status, "bob", RUN), Rows.status(status, RUN));
            }
        }

        for (ThreadStatus status : ThreadStatus.values()) {
            List<String> expected = all.stream()
                    .filter(threadId -> thread(threadId).status() == status)
                    .sorted()
                    .toList();
            List<String> paged = new ArrayList<>();
            List<String> page = threadIds(ALL.status(status).limit(1));
            while (!page.isEmpty()) {
                paged.addAll(page);
                page = threadIds(ALL.status(status).limit(1).after(page.get(0)));
            }
            assertThat(threadIds(ALL.status(status))).as(status.name()).isEqualTo(expected);
            assertThat(paged).as(status.name()).isEqualTo(expected);
        }
    }

    @Test
    void aFilterByStatusFindsTheThreadsWhoseAnswersWait() {
        ThreadStatus[] answerable = {
            ThreadStatus.RUNNING, ThreadStatus.INTERRUPTED, ThreadStatus.SLEEPING, ThreadStatus.UNDOING
        };
        List<String> answered = new ArrayList<>();
        for (ThreadStatus status : ThreadStatus.values()) {
            if (status != ThreadStatus.CRASHED) {
                answered(claim("expired-" + status, "ann", RUN), Rows.status(status, RUN));
                answered(claim("released-" + status, "ann", RUN), Rows.release(status, RUN));
            }
        }
        clock().advance(LEASE);
        for (ThreadStatus status : answerable) {
            answered(claim("owned-" + status, "bob", RUN), Rows.status(status, RUN));
            answered.addAll(List.of("expired-" + status, "released-" + status));
        }
        answered.addAll(List.of("expired-ANSWERED", "released-ANSWERED"));

        assertThat(threadIds(ALL.status(ThreadStatus.ANSWERED)))
                .containsExactlyElementsOf(answered.stream().sorted().toList());
        for (ThreadStatus status : ThreadStatus.values()) {
            assertThat(threadIds(ALL.status(status)))
                    .as(status.name())
                    .containsExactlyElementsOf(threadIds(ALL).stream()
                            .filter(threadId -> thread(threadId).status() == status)
                            .toList());
        }
    }

    private void answered(Claim claim, Write then) {
        subject().addAnswers(claim.threadId(), claim.epoch(), List.of(new WaitingAnswer(RUN, "q1", new byte[] {1})));
        write(claim, then);
    }

    @Test
    void workflowsSelect() {
        of("a", "Essay.write");
        of("b", "Poem.write");
        of("c", "Essay.write");
        of("d", "Song.write");

        assertThat(threadIds(ALL.workflow("Essay.write"))).containsExactly("a", "c");
        assertThat(threadIds(ALL.workflow("Poem.write", "Song.write"))).containsExactly("b", "d");
        assertThat(threadIds(ALL.workflow("Essay"))).isEmpty();
        assertThat(threadIds(ALL.workflow("Essay.write").status(ThreadStatus.RUNNING)))
                .containsExactly("a", "c");
        assertThat(threadIds(ALL.workflow("Essay.write").status(ThreadStatus.IDLE)))
                .isEmpty();
    }

    @Test
    void dueMeansAtOrBefore() {
        Instant noon = Instant.parse("2031-06-01T12:00:00Z");
        parkedUntil("late", noon.plusNanos(1));
        parkedUntil("due", noon);
        parkedUntil("overdue", noon.minusSeconds(3600));
        parked("never", ThreadStatus.SLEEPING);

        assertThat(threadIds(ALL.dueBefore(noon))).containsExactly("due", "overdue");
        assertThat(threadIds(ALL.dueBefore(noon).status(ThreadStatus.SLEEPING))).containsExactly("due", "overdue");
        assertThat(threadIds(ALL.dueBefore(noon).status(ThreadStatus.INTERRUPTED)))
                .isEmpty();
        assertThat(threadIds(ALL.dueBefore(noon).after("due"))).containsExactly("overdue");
        assertThat(threadIds(ALL.dueBefore(noon).limit(1))).containsExactly("due");
        assertThat(threadIds(ALL.dueBefore(noon).workflow("Other.flow"))).isEmpty();
    }

    @Test
    void wakeAtIsGoneWithTheHeadThatHadIt() {
        parkedUntil("a", clock().instant());
        write(claim("a", "ann", "run-2"), Rows.release(ThreadStatus.IDLE, "run-2"));

        assertThat(threadIds(ALL.dueBefore(clock().instant()))).isEmpty();
    }

    @Test
    void aThreadWhoseRunIsOverMayBeDueToBeDeleted() {
        Instant noon = Instant.parse("2031-06-01T12:00:00Z");
        Head over = new Head(ThreadStatus.IDLE, RUN, "input-" + RUN, noon, 0);
        write(claim("over", "ann", RUN), new Write(null, List.of(), null, List.of(), over, true));

        assertThat(thread("over").head().deleteAt()).isEqualTo(noon);
        assertThat(thread("over").head().wakeAt()).isNull();
        assertThat(threadIds(ALL.dueBefore(noon).status(ThreadStatus.IDLE))).containsExactly("over");
        assertThat(threadIds(ALL.dueBefore(noon.minusNanos(1)))).isEmpty();

        write(claim("over", "ben", "run-2"), Rows.release(ThreadStatus.IDLE, "run-2"));
        assertThat(thread("over").head().deleteAt()).isNull();
    }

    @Test
    void distantMomentsKeepTheirOrder() {
        Instant now = clock().instant();
        parkedUntil("far", now.plus(Duration.ofDays(365L * 100_000)));
        parkedUntil("past", Instant.parse("1890-01-01T00:00:00Z"));

        assertThat(threadIds(ALL.dueBefore(now))).containsExactly("past");
        assertThat(thread("past").head().wakeAt()).isEqualTo(Instant.parse("1890-01-01T00:00:00Z"));
        assertThat(thread("far").head().wakeAt()).isAfter(now.plus(Duration.ofDays(200 * 365L)));
    }

    @Test
    void limitAndCursorWalkThroughAll() {
        List<String> born = IntStream.range(0, 23)
                .mapToObj(i -> "t%02d".formatted(i * 7 % 23))
                .toList();
        born.forEach(threadId -> parked(threadId, ThreadStatus.INTERRUPTED));

        List<String> walked = new ArrayList<>();
        List<String> page = threadIds(ALL.status(ThreadStatus.INTERRUPTED).limit(5));
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(5);
            walked.addAll(page);
            page = threadIds(ALL.status(ThreadStatus.INTERRUPTED).limit(5).after(walked.get(walked.size() - 1)));
        }

        assertThat(walked).containsExactlyElementsOf(born.stream().sorted().toList());
    }

    @Test
    void severalStatusesArePagedInOneOrder() {
        ThreadStatus[] statuses = {ThreadStatus.IDLE, ThreadStatus.FAILED, ThreadStatus.INTERRUPTED};
        IntStream.range(0, 12).forEach(i -> parked("t%02d".formatted(i), statuses[i % 3]));
        ThreadQuery query = ALL.status(ThreadStatus.IDLE, ThreadStatus.INTERRUPTED);

        assertThat(threadIds(query.limit(3))).containsExactly("t00", "t02", "t03");
        assertThat(threadIds(query.limit(3).after("t03"))).containsExactly("t05", "t06", "t08");
    }

    @Test
    void cursorNeedNotBeAThread() {
        parked("a", ThreadStatus.IDLE);
        parked("c", ThreadStatus.IDLE);

        assertThat(threadIds(ALL.after("b"))).containsExactly("c");
        assertThat(threadIds(ALL.after("c"))).isEmpty();
    }
}
