package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadIndex;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import dev.clew.index.ThreadSearch.Order;
import dev.clew.queue.RequestState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@link ThreadIndex} keeps and finds. */
abstract class ThreadIndexCases extends QueueCases {
    private static final Set<String> NONE = Set.of();

    ThreadIndexCases(CheckpointerContract contract) {
        super(contract);
    }

    private ThreadIndex index() {
        return subject().threadIndex();
    }

    private static ThreadInfo info(String threadId, String... labels) {
        return new ThreadInfo(threadId, null, Rows.bytes("metadata of " + threadId), Set.of(labels), false);
    }

    private void create(String threadId, String... labels) {
        assertThat(index().create(info(threadId, labels))).isTrue();
        clock().advance(Duration.ofMillis(1));
    }

    private ThreadRow row(String threadId) {
        return index().find(threadId).orElseThrow();
    }

    private List<String> found(ThreadSearch search) {
        List<String> found = index().search(search).stream()
                .map(row -> row.info().threadId())
                .toList();
        assertThat(index().count(search.page(0, 1), 1_000)).isGreaterThanOrEqualTo(found.size());
        return found;
    }

    @Test
    void aCreatedThreadIsReadBackBeforeItRuns() {
        Instant now = clock().instant();
        ThreadInfo info = new ThreadInfo("t", "EssayFlow", Rows.bytes("{}"), Set.of("a=1", "b=2"), true);

        assertThat(index().create(info)).isTrue();

        ThreadRow row = row("t");
        assertThat(row.info().metadata()).isEqualTo(Rows.bytes("{}"));
        assertThat(row.info().labels()).containsExactlyInAnyOrder("a=1", "b=2");
        assertThat(row.info().workflow()).isEqualTo("EssayFlow");
        assertThat(row.info().isTemporary()).isTrue();
        assertThat(row.createdAt()).isEqualTo(now);
        assertThat(row.changedAt()).isEqualTo(now);
        assertThat(row.revision()).isEqualTo(1);
        assertThat(row.status()).isNull();
        assertThat(row.runId()).isNull();
        assertThat(row.checkpointId()).isNull();
        assertThat(row.isRequested()).isFalse();
        assertThat(subject().thread("t")).isEmpty();
    }

    @Test
    void aThreadIsCreatedOnce() {
        create("t", "a");

        assertThat(index().create(info("t", "b"))).isFalse();
        assertThat(row("t").info().labels()).containsExactly("a");
    }

    @Test
    void aThreadThatRanIsNotCreated() {
        claimed();

        assertThat(index().create(info(THREAD))).isFalse();
        assertThat(index().find(THREAD)).isEmpty();
    }

    @Test
    void openingGivesThreadsThatAreThereAnEntry() {
        Instant ran = clock().instant();
        parked("old", ThreadStatus.IDLE);
        clock().advance(Duration.ofSeconds(1));
        create("made", "label");
        clock().advance(Duration.ofHours(1));

        index().open();
        index().open();

        assertThat(row("old").createdAt()).isEqualTo(ran);
        assertThat(row("old").info().metadata()).isEmpty();
        assertThat(row("made").info().labels()).containsExactly("label");
        assertThat(found(ThreadSearch.all())).containsExactly("made", "old");
    }

    @Test
    void aNewThreadGetsAnEntryWithItsFirstClaim() {
        index().open();
        create("made", "label");

        claim("new", "ann", RUN);
        claim("made", "ann", RUN);

        assertThat(row("new").info().labels()).isEmpty();
        assertThat(row("new").createdAt()).isEqualTo(thread("new").createdAt());
        assertThat(row("new").info().workflow()).isEqualTo(FLOW);
        assertThat(row("made").info().labels()).containsExactly("label");
        assertThat(row("made").info().workflow()).isEqualTo(FLOW);
        assertThat(row("made").runId()).isEqualTo(RUN);
    }

    @Test
    void withoutAnIndexAThreadGetsNoEntry() {
        claimed();

        assertThat(index().find(THREAD)).isEmpty();
    }

    @Test
    void anEntryIsReplacedAtItsRevisionOnly() {
        create("t", "a", "b");
        Instant later = clock().instant();

        assertThat(index().replace(info("t", "b", "c"), 2)).isFalse();
        assertThat(index().replace(info("t", "b", "c"), 1)).isTrue();
        assertThat(index().replace(info("t", "d"), 1)).isFalse();
        assertThat(index().replace(info("nobody"), 1)).isFalse();

        assertThat(row("t").revision()).isEqualTo(2);
        assertThat(row("t").changedAt()).isEqualTo(later);
        assertThat(row("t").createdAt()).isBefore(later);
        assertThat(found(ThreadSearch.all().label(Set.of("a")))).isEmpty();
        assertThat(found(ThreadSearch.all().label(Set.of("c")))).containsExactly("t");
    }

    @Test
    void aThreadIsFoundByOneLabelOfEachSet() {
        create("1", "owner=ann", "kind=chat");
        create("2", "owner=ann", "kind=mail");
        create("3", "owner=bob", "kind=chat");
        ThreadSearch all = ThreadSearch.all();

        assertThat(found(all.label(Set.of("owner=ann")))).containsExactly("2", "1");
        assertThat(found(all.label(Set.of("owner=ann")).label(Set.of("kind=chat"))))
                .containsExactly("1");
        assertThat(found(all.label(Set.of("owner=ann", "owner=bob")))).containsExactly("3", "2", "1");
        assertThat(found(all.label(Set.of("owner=ann", "owner=bob")).label(Set.of("kind=chat", "kind=none"))))
                .containsExactly("3", "1");
        assertThat(found(all.label(Set.of("owner=eve")))).isEmpty();
        assertThat(found(all.label(NONE))).isEmpty();
    }

    @Test
    void aTemporaryThreadIsListedOnlyBySearchesForSuch() {
        index().create(new ThreadInfo("t", null, new byte[0], Set.of("a"), true));
        index().create(new ThreadInfo("u", null, new byte[0], Set.of("b"), true));
        create("other", "a");

        assertThat(index().find("t")).isPresent();
        assertThat(found(ThreadSearch.all())).containsExactly("other");
        assertThat(found(ThreadSearch.all().ids(Set.of("t")))).isEmpty();
        assertThat(found(ThreadSearch.all().label(Set.of("a")))).containsExactly("other");
        assertThat(index().count(ThreadSearch.all(), 10)).isEqualTo(1);
        ThreadSearch temporary = ThreadSearch.all().temporary();
        assertThat(found(temporary)).containsExactlyInAnyOrder("t", "u");
        assertThat(found(temporary.label(Set.of("a")))).containsExactly("t");
        assertThat(found(temporary.label(Set.of("a", "b")).order(Order.ID, false)))
                .containsExactly("t", "u");
        assertThat(found(temporary.ids(Set.of("u", "other")))).containsExactly("u");
        assertThat(index().count(temporary, 10)).isEqualTo(2);
    }

    @Test
    void threadsAreOrderedAndPaged() {
        for (String id : List.of("b", "a", "d", "c")) {
            create(id, "l");
        }
        index().replace(info("a", "l"), 1);
        ThreadSearch all = ThreadSearch.all();

        assertThat(found(all)).containsExactly("c", "d", "a", "b");
        assertThat(found(all.label(Set.of("l")))).containsExactly("c", "d", "a", "b");
        assertThat(found(all.order(Order.CREATED, false))).containsExactly("b", "a", "d", "c");
        assertThat(found(all.order(Order.CHANGED, true))).containsExactly("a", "c", "d", "b");
        assertThat(found(all.order(Order.ID, false))).containsExactly("a", "b", "c", "d");
        assertThat(found(all.order(Order.ID, true))).containsExactly("d", "c", "b", "a");
        assertThat(found(all.page(1, 2))).containsExactly("d", "a");
        assertThat(found(all.page(4, 2))).isEmpty();
        assertThat(found(all.ids(Set.of("a", "c", "none")))).containsExactly("c", "a");
        assertThat(index().count(all, 10)).isEqualTo(4);
        assertThat(index().count(all.page(2, 1), 3)).isEqualTo(3);
    }

    @Test
    void aSearchReadsOnAfterAPlaceInEachOrder() {
        index().create(info("b", "l"));
        create("a", "l");
        create("d", "l");
        create("c", "l");
        index().replace(info("a", "l"), 1);

        for (ThreadSearch search :
                List.of(ThreadSearch.all(), ThreadSearch.all().label(Set.of("l")))) {
            for (Order order : List.of(Order.CREATED, Order.CHANGED, Order.ID)) {
                for (boolean descending : new boolean[] {true, false}) {
                    ThreadSearch all = search.order(order, descending);
                    List<String> read = new ArrayList<>();
                    ThreadSearch page = all.limit(1);
                    for (List<ThreadRow> rows = index().search(page);
                            !rows.isEmpty() && read.size() < 10;
                            rows = index().search(page)) {
                        read.add(rows.get(0).info().threadId());
                        page = page.after(ThreadSearch.Place.of(rows.get(0), order));
                    }
                    assertThat(read).as("%s, descending %s", order, descending).isEqualTo(found(all));
                }
            }
        }
    }

    @Test
    void threadsAreFoundByAPartOfTheirIdAndByTheirWorkflow() {
        create("order-1");
        create("order-%");
        create("other");
        assertThat(index().create(new ThreadInfo("meant", "Flow.run", new byte[0], NONE, false)))
                .isTrue();

        assertThat(found(ThreadSearch.all().idPart("order"))).containsExactly("order-%", "order-1");
        assertThat(found(ThreadSearch.all().idPart("-%"))).containsExactly("order-%");
        assertThat(found(ThreadSearch.all().workflow(Set.of("Flow.run", "Flow.old"))))
                .containsExactly("meant");
        assertThat(found(ThreadSearch.all().workflow(Set.of("Flow")))).isEmpty();
    }

    @Test
    void threadsOfOneMomentAreOrderedById() {
        for (String id : List.of("b", "c", "a")) {
            index().create(info(id));
        }

        assertThat(found(ThreadSearch.all())).containsExactly("c", "b", "a");
        assertThat(found(ThreadSearch.all().order(Order.CREATED, false))).containsExactly("a", "b", "c");
    }

    @Test
    void idsAreOrderedByTheirBytes() {
        create("\uFF21");
        create("\uD83D\uDE00");

        assertThat(found(ThreadSearch.all().order(Order.ID, false))).containsExactly("\uFF21", "\uD83D\uDE00");
    }

    @Test
    void aThreadChangesWithItsRun() {
        index().open();
        Claim claim = claimed();
        clock().advance(Duration.ofSeconds(1));
        write(claim, Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(row(THREAD).changedAt()).isEqualTo(thread(THREAD).updatedAt());
        assertThat(row(THREAD).checkpointId()).isEqualTo("input-" + RUN);
    }

    @Test
    void activityIsReadOffTheThreadAndItsRequests() {
        index().open();
        for (ThreadStatus status : ThreadStatus.values()) {
            if (status != ThreadStatus.CRASHED && !status.isExecuting()) {
                parked(status.name(), status);
            }
        }
        create("never ran");
        claim("CRASHED", "ann", RUN);
        clock().advance(LEASE);
        claim("RUNNING", "ann", RUN);
        enqueue("queued", "r-1");
        index().create(info("queued"));

        for (ThreadRow row : index().search(ThreadSearch.all())) {
            String id = row.info().threadId();
            assertThat(row.status())
                    .as(id)
                    .isEqualTo(subject().thread(id).map(t -> t.status()).orElse(null));
        }
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.IDLE)))
                .containsExactlyInAnyOrder("never ran", "IDLE", "CANCELLED", "UNDONE");
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.BUSY)))
                .containsExactlyInAnyOrder("queued", "RUNNING", "SLEEPING", "ANSWERED");
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.INTERRUPTED)))
                .containsExactly("INTERRUPTED");
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.ERROR)))
                .containsExactlyInAnyOrder("FAILED", "CRASHED", "BLOCKED", "STUCK");
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.ERROR, ThreadActivity.INTERRUPTED)))
                .hasSize(5);
        List<ThreadActivity> ordered = index().search(ThreadSearch.all().order(Order.ACTIVITY, false)).stream()
                .map(ThreadRow::activity)
                .toList();
        assertThat(ordered).isSorted().hasSize(13).contains(ThreadActivity.values());
    }

    @Test
    void labelsActivitiesAndOrdersAreCombined() {
        index().open();
        create("1", "owner=ann", "kind=chat");
        create("2", "owner=ann", "kind=mail");
        create("3", "owner=ann", "kind=chat");
        create("4", "owner=bob", "kind=chat");
        create("5", "owner=ann", "kind=chat");
        for (String id : List.of("1", "2", "3", "4")) {
            parked(id, ThreadStatus.FAILED);
        }
        enqueue("3", "r-2");
        ThreadSearch ofAnn = ThreadSearch.all().label(Set.of("owner=ann"));
        ThreadSearch failed = ofAnn.activity(ThreadActivity.ERROR);

        assertThat(found(failed)).containsExactly("2", "1");
        assertThat(found(failed.order(Order.ID, false))).containsExactly("1", "2");
        assertThat(found(failed.label(Set.of("kind=chat")))).containsExactly("1");
        assertThat(found(failed.label(Set.of("kind=chat", "kind=mail")))).containsExactly("2", "1");
        assertThat(found(failed.page(1, 5))).containsExactly("1");
        assertThat(index().count(failed, 10)).isEqualTo(2);
        assertThat(found(ofAnn.activity(ThreadActivity.BUSY, ThreadActivity.ERROR)))
                .containsExactly("3", "2", "1");
        assertThat(found(ofAnn.activity(ThreadActivity.BUSY))).containsExactly("3");
        assertThat(found(ofAnn.activity(ThreadActivity.IDLE))).containsExactly("5");
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.BUSY, ThreadActivity.ERROR)))
                .containsExactly("4", "3", "2", "1");
        assertThat(found(failed.temporary())).isEmpty();
    }

    @Test
    void aRunWithWaitingAnswersIsBusy() {
        index().open();
        Claim claim = claimed();
        subject().addAnswers(THREAD, claim.epoch(), List.of(new WaitingAnswer(RUN, "q", Rows.bytes("yes"))));
        write(claim, Rows.release(ThreadStatus.INTERRUPTED, RUN));
        Claim dead = claim("dead", "ann", RUN);
        subject().addAnswers("dead", dead.epoch(), List.of(new WaitingAnswer(RUN, "q", Rows.bytes("yes"))));
        clock().advance(LEASE);

        assertThat(row(THREAD).status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.BUSY))).containsExactlyInAnyOrder(THREAD, "dead");
    }

    @Test
    void aRequestThatIsOverDoesNotMakeAThreadBusy() {
        create("t");
        enqueue("t", "r-1");
        assertThat(row("t").isRequested()).isTrue();

        queue().end("t", "r-1", RequestState.CANCELLED, null);

        assertThat(row("t").isRequested()).isFalse();
        assertThat(found(ThreadSearch.all().activity(ThreadActivity.IDLE))).containsExactly("t");
    }

    @Test
    void deletionRemovesAnEntryWhetherTheThreadRanOrNot() {
        index().open();
        create("never ran", "a");
        parked("ran", ThreadStatus.IDLE);
        create("other", "a");

        assertThat(subject().delete(Deletion.thread("never ran", 0))).isTrue();
        assertThat(subject().delete(Deletion.thread("ran", thread("ran").epoch())))
                .isTrue();

        assertThat(found(ThreadSearch.all())).containsExactly("other");
        assertThat(found(ThreadSearch.all().label(Set.of("a")))).containsExactly("other");
        assertThat(index().find("never ran")).isEmpty();
        create("never ran", "b");
        assertThat(row("never ran").revision()).isEqualTo(1);
    }

    @Test
    void deletingRunsKeepsTheEntry() {
        index().open();
        parked(THREAD, ThreadStatus.IDLE);

        subject().delete(Deletion.runs(THREAD, thread(THREAD).epoch(), Set.of(RUN)));

        assertThat(index().find(THREAD)).isPresent();
    }

    @Test
    void aLabelOfTheGreatestLengthIsFoundAndALongerOneIsRefused() {
        byte[] longest = new byte[ThreadInfo.LONGEST_LABEL];
        Arrays.fill(longest, (byte) 'x');
        String label = text(longest);
        create("t".repeat(1_500), label, "with\u0000nul");

        assertThat(found(ThreadSearch.all().label(Set.of(label)))).hasSize(1);
        assertThat(found(ThreadSearch.all().label(Set.of("with\u0000nul")))).hasSize(1);
        assertThat(row("t".repeat(1_500)).info().labels()).containsExactlyInAnyOrder(label, "with\u0000nul");
        assertThatThrownBy(() -> info("t", label + "x"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("501 bytes");
    }
}
