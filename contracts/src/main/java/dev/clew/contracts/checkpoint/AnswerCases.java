package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers that wait for the owner of a thread. */
abstract class AnswerCases extends ContractCases {
    AnswerCases(CheckpointerContract contract) {
        super(contract);
    }

    private static WaitingAnswer answer(String question, String text) {
        return answer(RUN, question, text);
    }

    private static WaitingAnswer answer(String runId, String question, String text) {
        return new WaitingAnswer(runId, question, Rows.bytes(text));
    }

    private boolean add(Claim claim, WaitingAnswer... answers) {
        return subject().addAnswers(claim.threadId(), claim.epoch(), List.of(answers));
    }

    /** What waits for {@link #RUN}, as {@code question=text}. */
    private List<String> waiting(String threadId) {
        return subject().answers(threadId, RUN).stream()
                .map(answer -> answer.question() + "=" + text(answer.bytes()))
                .toList();
    }

    private static Write taking(Write write, String... questions) {
        return new Write(
                RUN, write.log(), write.run(), write.checkpoints(), write.head(), write.release(), List.of(questions));
    }

    @Test
    void anAnswerWaitsUntilAWriteTakesIt() {
        Claim claim = claimed();

        assertThat(add(claim, answer("q2", "yes"), answer("q1", "no"))).isTrue();

        assertThat(waiting(THREAD)).containsExactly("q2=yes", "q1=no");
        assertThat(thread(THREAD).answersWait()).isTrue();
        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.ANSWERS_WAIT);
        write(claim, taking(Rows.log(RUN, 0, "answered"), "q2"));
        assertThat(waiting(THREAD)).containsExactly("q1=no");
        write(claim, taking(Rows.log(RUN, 1, "answered"), "q1"));
        assertThat(waiting(THREAD)).isEmpty();
        assertThat(thread(THREAD).answersWait()).isFalse();
        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.HELD);
        assertThat(log(THREAD, RUN)).hasSize(2);
    }

    @Test
    void aWriteMayTakeAnswersAndNothingElse() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));

        write(claim, taking(Rows.checkpoints(), "q1", "unknown"));

        assertThat(waiting(THREAD)).isEmpty();
    }

    @Test
    void aWriteThatFailsTakesNothing() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));

        failure(claim, taking(Rows.log(RUN, 7, "out of place"), "q1"));

        assertThat(waiting(THREAD)).containsExactly("q1=yes");
    }

    @Test
    void theFirstAnswerToAQuestionIsTheOneThatWaits() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));

        assertThat(add(claim, answer("q2", "maybe"), answer("q1", "no"))).isFalse();

        assertThat(waiting(THREAD)).containsExactly("q1=yes");
    }

    @Test
    void oneQuestionIsAnsweredOnceInACall() {
        assertThat(add(claimed(), answer("q1", "yes"), answer("q1", "no"))).isFalse();
        assertThat(waiting(THREAD)).isEmpty();
    }

    @Test
    void anAnswerIsForTheOwnerThatWasSeen() {
        Claim first = claimed();
        clock().advance(LEASE);
        Claim second = claim(request(THREAD, "bob", first.epoch()), Rows.checkpoints());

        assertThat(add(first, answer("q1", "yes"))).isFalse();
        write(second, Rows.release(ThreadStatus.INTERRUPTED, RUN));
        assertThat(add(second, answer("q1", "yes"))).isFalse();

        assertThat(waiting(THREAD)).isEmpty();
        assertThat(subject().addAnswers("nobody", 1, List.of(answer("q1", "yes"))))
                .isFalse();
        assertThat(subject().answers("nobody", RUN)).isEmpty();
    }

    @Test
    void anAnswerOutlivesATakeover() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));
        clock().advance(LEASE);

        Claim next = claim(request(THREAD, "bob", claim.epoch()), Rows.checkpoints());

        assertThat(waiting(THREAD)).containsExactly("q1=yes");
        assertThat(renew(next, LEASE)).isEqualTo(LeaseState.ANSWERS_WAIT);
    }

    @Test
    void aRequestToCancelComesBeforeAnswers() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));
        subject().requestCancel(THREAD, claim.epoch());

        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.CANCEL_REQUESTED);
    }

    @Test
    void aThreadThatRestsWithAnAnswerIsDueAtOnce() {
        for (ThreadStatus rest : List.of(ThreadStatus.INTERRUPTED, ThreadStatus.SLEEPING)) {
            String thread = "rests " + rest;
            Claim claim = claim(thread, "ann", RUN);
            add(claim, answer("q1", "yes"));
            Instant later = clock().instant().plus(Duration.ofDays(1));

            write(claim, taking(release(new Head(rest, RUN, "input-" + RUN, later, 0))));

            assertThat(thread(thread).head().wakeAt()).isEqualTo(clock().instant());
            assertThat(thread(thread).answersWait()).isTrue();
            assertThat(thread(thread).status()).isEqualTo(ThreadStatus.ANSWERED);
            ThreadQuery due = ThreadQuery.all().dueBefore(clock().instant());
            assertThat(threadIds(due.status(ThreadStatus.ANSWERED))).contains(thread);
            assertThat(threadIds(due.status(rest))).isEmpty();
        }
    }

    @Test
    void aThreadThatIsDueEarlierStaysSo() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));
        Instant earlier = clock().instant().minusSeconds(5);

        write(claim, release(new Head(ThreadStatus.SLEEPING, RUN, "input-" + RUN, earlier, 0)));

        assertThat(thread(THREAD).head().wakeAt()).isEqualTo(earlier);
    }

    @Test
    void aThreadWhoseLastAnswerIsTakenAsItRestsIsNotDue() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));

        write(claim, taking(Rows.release(ThreadStatus.INTERRUPTED, RUN), "q1"));

        assertThat(thread(THREAD).head().wakeAt()).isNull();
        assertThat(thread(THREAD).answersWait()).isFalse();
    }

    @Test
    void theEndOfTheRunForgetsWhatWaits() {
        for (ThreadStatus end : List.of(ThreadStatus.CANCELLED, ThreadStatus.IDLE)) {
            String thread = "ended " + end;
            Claim claim = claim(thread, "ann", RUN);
            add(claim, answer("q1", "yes"));

            write(claim, Rows.release(end, RUN));

            assertThat(waiting(thread)).as(end.name()).isEmpty();
            assertThat(thread(thread).answersWait()).isFalse();
        }
    }

    @Test
    void aFailedRunKeepsWhatWaits() {
        Claim claim = claimed();
        add(claim, answer("q1", "yes"));

        write(claim, Rows.release(ThreadStatus.FAILED, RUN));

        assertThat(waiting(THREAD)).containsExactly("q1=yes");
        assertThat(thread(THREAD).head().wakeAt()).isNull();
    }

    @Test
    void answersOfAnotherRunAreNotTheHeadsAndGoWithTheirRun() {
        Claim first = claimed();
        add(first, answer("q1", "yes"));
        write(first, Rows.release(ThreadStatus.FAILED, RUN));
        Claim second = claim(THREAD, "ann", "run-2");

        assertThat(thread(THREAD).answersWait()).isFalse();
        assertThat(renew(second, LEASE)).isEqualTo(LeaseState.HELD);
        assertThat(add(second, answer("run-2", "q1", "no"))).isTrue();
        write(second, Rows.release(ThreadStatus.INTERRUPTED, "run-2"));
        subject().delete(Deletion.runs(THREAD, second.epoch(), Set.of(RUN)));
        assertThat(waiting(THREAD)).isEmpty();
        assertThat(subject().answers(THREAD, "run-2")).hasSize(1);
        subject().delete(Deletion.thread(THREAD, second.epoch()));
        assertThat(subject().answers(THREAD, "run-2")).isEmpty();
    }

    private static Write release(Head head) {
        return new Write(null, List.of(), null, List.of(), head, true);
    }
}
