package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Operator;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.effect.Resolution;
import dev.clew.flow.Durability;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.queue.Worker;
import dev.clew.spi.TaskSpec;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An undo whose process dies, wherever it is, is continued by another one; also one that a queue's worker executes. */
@Timeout(120)
public abstract class UndoCrashSuite extends UndoFixture {
    private static final int MOST = 200;

    /** A store that is gone for its process from this call on. */
    private static final class Cut extends ForwardingCheckpointer {
        private final int at;
        private final AtomicInteger calls = new AtomicInteger();

        Cut(Checkpointer store, int at) {
            super(store);
            this.at = at;
        }

        @Override
        protected void before(String call) {
            if (calls.incrementAndGet() >= at) {
                throw new CheckpointException("cut at call " + at);
            }
        }

        boolean isCut() {
            return calls.get() >= at;
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void eachPlaceAtWhichTheProcessMayDieIsContinued(Durability durability) throws Exception {
        for (int at = 1; at < MOST; at++) {
            undone.clear();
            booked.clear();
            if (!diesAndIsContinued(durability, at)) {
                assertThat(at).as("calls of the store").isGreaterThan(8);
                return;
            }
        }
        throw new AssertionError("the undo needs more than " + MOST + " calls of the store");
    }

    /** Returns false if the undo came to its end before its store was cut. */
    private boolean diesAndIsContinued(Durability durability, int at) throws Exception {
        Checkpointer store = newStore();
        TaskSpec<String> book = book();
        TaskSpec<String> pay = found(pay((what, context) -> {
                    String unused = book(what, context);
                    throw new IOException("no answer");
                }))
                .spec();
        Lab lab = opened(new Lab(store, durability));
        agency(lab, List.of(book, pay), (input, calls, run) -> {
            String flight = calls.raw().call(book, "flight").join();
            String fee = calls.raw().call(pay, "fee").join();
            throw new IllegalStateException("no car for " + flight + fee);
        });
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        lab.close();
        Cut cut = new Cut(store, at);
        Lab dying = opened(new Lab(cut, durability)).spec(lab.spec());
        try {
            dying.workflow().invoke(Command.undo(), T);
        } catch (RuntimeException died) {
            assertThat(cut.isCut()).as(died.toString()).isTrue();
        }
        dying.graph().engine().crash();

        RunResult<String> end = lab.restart().workflow().invoke(Command.undo(), T);

        assertThat(end).as("cut at call %s", at).isInstanceOf(RunResult.Undone.class);
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.UNDONE);
        assertThat(undone.stream().distinct()).containsExactly("fee: found fee", "flight: ticket of flight");
        assertThat(undone).as("each again at most once").hasSizeLessThanOrEqualTo(3);
        assertThat(booked).isEmpty();
        lab.close();
        return cut.isCut();
    }

    @Test
    void workerUndoesWhatWasEnqueuedAndAnotherOneContinuesIt() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskSpec<String> book = book(cancelling((what, context) -> {
            if (what.equals("flight") && reached.getCount() > 0) {
                reached.countDown();
                never.await();
            }
            return what;
        }));
        Lab lab = lab(Durability.SYNC).options(graph -> graph.worker(Worker.of("q")));
        agency(lab, List.of(book), (input, calls, run) -> {
            calls.raw().call(book, "flight").join();
            calls.raw().call(book, "hotel").join();
            return String.valueOf(run.interrupt("sure?"));
        });
        RunHandle<String> handle = lab.workflow().enqueue("x", RUN.queue("q"));
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);

        RunHandle<String> undo = lab.workflow().enqueue(Command.undo(), T);
        reached.await();
        assertThat(undo.status()).isEqualTo(RunStatus.RUNNING);
        lab.crash();

        assertThat(lab.workflow().handle("r", "t").result()).isInstanceOf(RunResult.Undone.class);
        assertThat(lab.workflow().handle("r", "t").status()).isEqualTo(RunStatus.UNDONE);
        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
    }

    @Test
    void whatIsEnqueuedOfAFailedRunIsUndoneByAGraphThatHasItsCode() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);

        RunHandle<String> undo = lab.workflow().enqueue(Command.undo(), T);

        assertThat(undo.result()).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).hasSize(2);
    }

    @Test
    void whatAnOperatorDecidesIsUndoneByAGraphThatHasItsCode() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        var operator = opened(Operator.of(lab.graph().checkpointer().orElseThrow()));

        assertThat(operator.undo("t")).isTrue();

        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(undone).as("it runs nothing").isEmpty();
        assertThat(operator.undo("t")).as("repeated").isFalse();
        assertThat(recovered(lab)).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
        assertThat(operator.undo("t")).as("undone").isFalse();
    }

    @Test
    void operatorDoesNotUndoWhatGoesOnOrHasCompleted() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(
                Durability.SYNC,
                List.of(book),
                (input, calls, run) -> calls.raw().call(book, "flight").join());
        lab.workflow().invoke("x", RUN);
        var operator = opened(Operator.of(lab.graph().checkpointer().orElseThrow()));

        assertThatThrownBy(() -> operator.undo("t")).hasMessageContaining("nothing to undo");
        assertThatThrownBy(() -> operator.undo("no such thread")).hasMessageContaining("it never ran");
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(undone).isEmpty();
    }

    @Test
    void whatAnOperatorSaidOfAnUnknownOutcomeIsTaken() throws Exception {
        TaskSpec<String> pay = pay((what, context) -> {
                    throw new IOException("no answer");
                })
                .spec();
        Lab lab = agency(
                Durability.SYNC,
                List.of(pay),
                (input, calls, run) -> calls.raw().call(pay, "fee").join());
        lab.workflow().invoke("x", RUN);
        lab.workflow().cancel("t");
        var operator = opened(Operator.of(lab.graph().checkpointer().orElseThrow()));
        operator.settle(operator.unsettled("t").get(0), Resolution.succeeded("in the books"));

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).containsExactly("fee: in the books");
        assertThat(operator.unsettled("t")).isEmpty();
    }
}
