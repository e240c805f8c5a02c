package dev.clew.contracts.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.index.RequestRecord.Kind;
import dev.clew.index.Requests;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.queue.Worker;
import dev.clew.spi.RequestedWorkflow;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the requests that servers note. */
public abstract class RequestSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = ABANDONING.queue("q");

    private final AtomicBoolean broken = new AtomicBoolean();
    private final Gate gate = new Gate();
    private Checkpointer store;

    private Checkpointer store() throws Exception {
        store = store == null ? newStore() : store;
        return store;
    }

    /** Asks twice, fails while something is broken, waits at a gate, or returns its input. */
    private Lab bodied(Lab lab) {
        return lab.body((input, calls, run) -> switch (input) {
            case "ask" ->
                calls.task("end", run.interrupt(NAME, "first?") + run.interrupt(NAME, "second?"), in -> in)
                        .join();
            case "fail" ->
                calls.task("risky", input, in -> {
                            if (broken.get()) {
                                throw new IllegalStateException("it is broken");
                            }
                            return "mended";
                        })
                        .join();
            case "slow" -> calls.task("slow", input, gate::pass).join();
            default -> input;
        });
    }

    private Lab working(Durability durability) throws Exception {
        return bodied(opened(new Lab(store(), durability)).options(graph -> graph.worker(WORKER)));
    }

    /** As another process of the same store, without a worker. */
    private Lab elsewhere(Durability durability) throws Exception {
        return bodied(opened(new Lab(new SecondDoor(store()), durability)));
    }

    private static RunConfig noted(RunConfig config, String id) {
        return config.request(note(id, "asked of " + id));
    }

    private static RequestNote note(String id, String asked) {
        return new RequestNote(id, asked, ("content of " + id).getBytes(UTF_8));
    }

    private static RequestedWorkflow.Requested<String> requested(Lab lab, String id) {
        return RequestedWorkflow.of(lab.workflow()).requested("t", id).orElseThrow();
    }

    private static RunResult<String> result(Lab lab, String id) throws Exception {
        return requested(lab, id).resultAsync().get(20, TimeUnit.SECONDS);
    }

    private static Throwable failure(Lab lab, String id) {
        Throwable thrown = requested(lab, id)
                .resultAsync()
                .orTimeout(20, TimeUnit.SECONDS)
                .handle((value, failed) -> failed)
                .join();
        return thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
    }

    private static List<Object> asked(RunResult<String> result) {
        assertThat(result).isInstanceOf(RunResult.Interrupted.class);
        return ((RunResult.Interrupted<String>) result)
                .pending().stream().<Object>map(PendingInterrupt::value).toList();
    }

    private static RunStatus ended(Lab lab, String id) {
        return requested(lab, id).record().end().status();
    }

    // --- storing and finding ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestIsStoredWithItsRunAndEndsWithIt(Durability durability) throws Exception {
        Lab lab = working(durability);

        assertThat(lab.workflow().enqueue("x", noted(Q, "r")).runId()).isEqualTo("r");

        assertThat(result(lab, "r").value()).isEqualTo("x");
        RequestRecord record = requested(lab, "r").record();
        assertThat(record.kind()).isEqualTo(Kind.INPUT);
        assertThat(record.runId()).isEqualTo("r");
        assertThat(record.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(requested(lab, "r").content()).asString(UTF_8).isEqualTo("content of r");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void eachRequestOfARunHasItsOwnEndWhateverFollows(Durability durability) throws Exception {
        Lab lab = working(durability);
        lab.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(lab, "r"))).containsExactly("first?");
        lab.workflow().enqueue(Command.resume("a"), noted(T, "a-1"));
        assertThat(asked(result(lab, "a-1"))).containsExactly("second?");
        lab.workflow().enqueue(Command.resume("b"), noted(T, "a-2"));
        assertThat(result(lab, "a-2").value()).isEqualTo("ab");

        Lab later = lab.restart();

        assertThat(asked(result(later, "r"))).containsExactly("first?");
        assertThat(asked(result(later, "a-1"))).containsExactly("second?");
        assertThat(result(later, "a-2").value()).isEqualTo("ab");
        assertThat(requested(later, "a-2").record().runId()).isEqualTo("r");
        assertThat(requested(later, "a-2").record().kind()).isEqualTo(Kind.ANSWER);
        assertThat(store.requests().list("t", 0, 10))
                .extracting(RequestRecord::requestId)
                .containsExactly("a-2", "a-1", "r");
    }

    @Test
    void theSameRequestAgainChangesNothing() throws Exception {
        Lab lab = working(Durability.ASYNC);
        lab.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(lab, "r"))).containsExactly("first?");
        lab.workflow().enqueue(Command.resume("a"), noted(T, "a"));
        assertThat(asked(result(lab, "a"))).containsExactly("second?");

        assertThat(lab.workflow().enqueue(Command.resume("a"), noted(T, "a")).runId())
                .isEqualTo("r");
        assertThat(lab.workflow().enqueue("ask", noted(Q, "r")).runId()).isEqualTo("r");

        assertThat(asked(result(lab, "a"))).containsExactly("second?");
        assertThat(lab.workflow().state("t").pending()).hasSize(1);
        assertThat(store.requests().list("t", 0, 10)).hasSize(2);
    }

    @Test
    void anotherRequestUnderTheSameIdIsRefusedAndChangesNothing() throws Exception {
        Lab lab = working(Durability.ASYNC);
        lab.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(lab, "r"))).containsExactly("first?");

        for (Runnable other : List.<Runnable>of(
                () -> lab.workflow().enqueue("x", Q.request(note("r", "something else"))),
                () -> lab.workflow().enqueue(Command.resume("a"), T.request(note("r", "something else"))),
                () -> lab.workflow().enqueue(Command.proceed(), T.request(note("r", "something else"))))) {
            assertThatThrownBy(other::run)
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.TAKEN))
                    .hasMessageContaining("another request");
        }
        assertThat(lab.workflow().state("t").pending()).hasSize(1);
        assertThat(store.requests().list("t", 0, 10)).hasSize(1);
    }

    @Test
    void aRunsIdThatNoRequestHasOpenedIsTaken() throws Exception {
        Lab lab = working(Durability.ASYNC);
        lab.workflow().enqueue("x", Q.runId("r")).result();

        assertThatThrownBy(() -> lab.workflow().enqueue("x", noted(Q, "r")))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TAKEN));
    }

    @Test
    void nothingIsStoredOfWhatIsRefused() throws Exception {
        Lab lab = working(Durability.ASYNC);
        lab.workflow().enqueue("slow", noted(Q, "r"));
        gate.awaitArrival();

        assertThatThrownBy(() -> lab.workflow().enqueue("x", noted(Q.whenBusy(WhenBusy.reject()), "busy")))
                .isInstanceOf(ThreadBusyException.class);
        assertThatThrownBy(() -> lab.workflow().enqueue(Command.resume("a"), noted(T, "early")))
                .isInstanceOf(AnswerRefusedException.class);
        assertThatThrownBy(() -> lab.workflow().enqueue(Command.proceed(), noted(T, "proceeds")))
                .isInstanceOf(ThreadBusyException.class);
        assertThatThrownBy(() -> lab.workflow().invoke("x", noted(T, "invoked")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("enqueue");
        assertThatThrownBy(() -> lab.workflow().enqueue("x", noted(Q.runId("other"), "mine")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("runId");
        gate.open();

        assertThat(result(lab, "r").value()).isEqualTo("slow");
        assertThat(store.requests().list("t", 0, 10)).hasSize(1);
    }

    // --- other processes, and their deaths ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestIsJoinedInAnotherProcess(Durability durability) throws Exception {
        Lab worker = working(durability);
        Lab front = elsewhere(durability);
        worker.workflow();
        front.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(front, "r"))).containsExactly("first?");

        front.workflow().enqueue(Command.resume("a"), noted(T, "a-1"));
        assertThat(asked(result(worker, "a-1"))).containsExactly("second?");
        worker.workflow().enqueue(Command.resume("b"), noted(T, "a-2"));

        assertThat(result(front, "a-2").value()).isEqualTo("ab");
        assertThat(asked(result(front, "r"))).containsExactly("first?");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestSurvivesTheDeathOfItsProcess(Durability durability) throws Exception {
        Lab lab = working(durability);
        lab.workflow().enqueue("slow", noted(Q, "r"));
        gate.awaitArrival();

        lab.crash();
        gate.open();

        assertThat(result(lab, "r").value()).isEqualTo("slow");
        assertThat(ended(lab, "r")).isEqualTo(RunStatus.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerSurvivesTheDeathOfTheProcessThatTookIt(Durability durability) throws Exception {
        Lab front = elsewhere(durability);
        Lab lab = working(durability);
        lab.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(lab, "r"))).containsExactly("first?");
        lab.close();

        front.workflow().enqueue(Command.resume("a"), noted(T, "a"));
        assertThat(requested(front, "a").record().end()).isNull();
        front.crash();
        lab.workflow();

        assertThat(asked(result(lab, "a"))).containsExactly("second?");
        assertThat(front.workflow().enqueue(Command.resume("a"), noted(T, "a")).runId())
                .isEqualTo("r");
    }

    @Test
    void aRunThatNoWorkerHasContinuesWhereItIsAnswered() throws Exception {
        Lab lab = elsewhere(Durability.ASYNC);
        assertThat(asked(lab.workflow().invoke("ask", T.runId("r")))).containsExactly("first?");

        lab.workflow().enqueue(Command.resume("a"), noted(T, "a-1"));
        assertThat(asked(result(lab, "a-1"))).containsExactly("second?");
        lab.workflow().enqueue(Command.resume("b"), noted(T, "a-2"));

        assertThat(result(lab, "a-2").value()).isEqualTo("ab");
        assertThat(requested(lab, "a-1").record().runId()).isEqualTo("r");
    }

    @Test
    void anAnswerToARunThatExecutesIsStoredWithItsRequest() throws Exception {
        Lab lab = opened(new Lab(store(), Durability.ASYNC)).options(graph -> graph.worker(WORKER));
        lab.body((input, calls, run) -> {
            var slow = calls.task("slow", input, gate::pass);
            var asks = calls.scope("asks", input, (in, more, inner) -> inner.interrupt(NAME, "first?"));
            return asks.join() + slow.join();
        });
        lab.workflow().enqueue("x", noted(Q, "r"));
        gate.awaitArrival();
        Eventually.until(() -> !lab.workflow().state("t").pending().isEmpty());

        lab.workflow().enqueue(Command.resume("a"), noted(T, "a"));
        assertThat(requested(lab, "a").record().end()).isNull();
        assertThat(lab.workflow().enqueue(Command.resume("a"), noted(T, "a")).runId())
                .isEqualTo("r");
        gate.open();

        assertThat(result(lab, "a").value()).isEqualTo("ax");
        assertThat(result(lab, "r").value()).isEqualTo("ax");
    }

    // --- failures, and what proceeds ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestThatFailedStaysSoWhenItsRunProceeds(Durability durability) throws Exception {
        Lab lab = working(durability);
        broken.set(true);
        lab.workflow().enqueue("fail", noted(Q, "r"));
        assertThat(failure(lab, "r"))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("broken");
        broken.set(false);

        lab.workflow().enqueue(Command.proceed(), noted(T, "p"));

        assertThat(result(lab, "p").value()).isEqualTo("mended");
        assertThat(requested(lab, "p").record().kind()).isEqualTo(Kind.PROCEED);
        assertThat(failure(lab, "r"))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void aRunThatProceedsByInvokeIsNotedToo() throws Exception {
        Lab lab = working(Durability.ASYNC);
        broken.set(true);
        lab.workflow().enqueue("fail", noted(Q, "r"));
        assertThat(failure(lab, "r")).isInstanceOf(WorkflowFailedException.class);
        broken.set(false);

        assertThat(lab.workflow().invoke(Command.proceed(), noted(T, "p")).value())
                .isEqualTo("mended");
        assertThat(lab.workflow().invoke(Command.proceed(), noted(T, "p")).value())
                .isEqualTo("mended");

        assertThat(ended(lab, "p")).isEqualTo(RunStatus.COMPLETED);
        assertThat(lab.ran("risky")).isEqualTo(2);
    }

    @Test
    void whatProceedsAtAQuestionEndsWithTheQuestion() throws Exception {
        Lab lab = working(Durability.ASYNC);
        lab.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(lab, "r"))).containsExactly("first?");

        lab.workflow().enqueue(Command.proceed(), noted(T, "p"));

        assertThat(asked(result(lab, "p"))).containsExactly("first?");
        assertThat(ended(lab, "p")).isEqualTo(RunStatus.INTERRUPTED);
    }

    // --- cancelling ---

    /** Counts how often the requests are looked at. */
    private static final class Counted extends ForwardingCheckpointer {
        private final AtomicInteger looks = new AtomicInteger();

        Counted(Checkpointer store) {
            super(store);
        }

        @Override
        public Requests requests() {
            looks.incrementAndGet();
            return super.requests();
        }
    }

    @Test
    void aWaitThatIsCancelledLooksNoMore() throws Exception {
        Counted left = new Counted(new SecondDoor(store()));
        Counted stays = new Counted(new SecondDoor(store()));
        Lab leaving = bodied(opened(new Lab(left, Durability.SYNC)));
        Lab staying = bodied(opened(new Lab(stays, Durability.SYNC)));
        leaving.workflow().enqueue("x", noted(Q, "r"));
        CompletableFuture<RunResult<String>> leaves = requested(leaving, "r").resultAsync();
        CompletableFuture<RunResult<String>> waits = requested(staying, "r").resultAsync();

        assertThat(leaves.cancel(false)).isTrue();
        int then = left.looks.get();
        int before = stays.looks.get();
        working(Durability.SYNC).workflow();

        assertThat(waits.get(20, TimeUnit.SECONDS)).isInstanceOf(RunResult.Completed.class);
        assertThat(stays.looks.get()).isGreaterThan(before);
        assertThat(left.looks.get()).isEqualTo(then);
    }

    @Test
    void aRequestThatWasNotOpenedIsCancelled() throws Exception {
        Lab front = elsewhere(Durability.ASYNC);
        front.workflow().enqueue("x", noted(Q, "r"));

        assertThat(requested(front, "r").cancel()).isTrue();

        assertThat(requested(front, "r").cancel()).isFalse();
        assertThat(failure(front, "r")).isInstanceOf(WorkflowCancelledException.class);
        assertThat(ended(front, "r")).isEqualTo(RunStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestThatExecutesElsewhereIsCancelled(Durability durability) throws Exception {
        Lab worker = working(durability);
        Lab front = elsewhere(durability);
        worker.workflow().enqueue("slow", noted(Q, "r"));
        gate.awaitArrival();

        assertThat(requested(front, "r").cancel()).isTrue();

        assertThat(failure(front, "r")).isInstanceOf(WorkflowCancelledException.class);
        assertThat(ended(front, "r")).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void theEndOfARequestIsNoPlaceToCancelWhatFollows() throws Exception {
        Lab lab = working(Durability.ASYNC);
        lab.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(lab, "r"))).containsExactly("first?");

        assertThat(requested(lab, "r").cancel()).isFalse();
        lab.workflow().enqueue(Command.resume("a"), noted(T, "a-1"));
        assertThat(asked(result(lab, "a-1"))).containsExactly("second?");
        assertThat(requested(lab, "r").cancel()).isFalse();
        lab.workflow().enqueue(Command.resume("b"), noted(T, "a-2"));

        assertThat(result(lab, "a-2").value()).isEqualTo("ab");
    }

    // --- what a newer run ends, and what is removed ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatIsAbandonedKeepsTheEndsThatItsRequestsHad(Durability durability) throws Exception {
        Lab lab = working(durability);
        lab.workflow().enqueue("ask", noted(Q, "r"));
        assertThat(asked(result(lab, "r"))).containsExactly("first?");

        lab.workflow().enqueue("x", noted(Q, "next"));

        assertThat(result(lab, "next").value()).isEqualTo("x");
        assertThat(asked(result(lab, "r"))).containsExactly("first?");
        assertThat(ended(lab, "r")).isEqualTo(RunStatus.INTERRUPTED);
    }

    @Test
    void aRunThatIsInterruptedByANewerOneEndsItsRequest() throws Exception {
        Lab lab = working(Durability.ASYNC);
        lab.workflow().enqueue("slow", noted(Q, "r"));
        gate.awaitArrival();

        lab.workflow().enqueue("x", noted(Q.whenBusy(WhenBusy.rollback()), "next"));

        assertThat(result(lab, "next").value()).isEqualTo("x");
        assertThat(failure(lab, "r")).isInstanceOf(WorkflowCancelledException.class);
    }

    @Test
    void requestsGoWithTheirRunsAndThreads() throws Exception {
        Lab lab = working(Durability.ASYNC);
        for (String id : List.of("r-1", "r-2")) {
            lab.workflow().enqueue("x", noted(Q, id));
            assertThat(result(lab, id).value()).isEqualTo("x");
        }

        lab.graph().keepLast("t", 1);
        assertThat(store.requests().list("t", 0, 10))
                .extracting(RequestRecord::requestId)
                .containsExactly("r-2");

        lab.graph().deleteThread("t");
        assertThat(store.requests().list("t", 0, 10)).isEmpty();
        assertThat(RequestedWorkflow.of(lab.workflow()).requested("t", "r-2")).isEmpty();
    }
}
