package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ErasureReport;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deploy that makes tasks undoable, and what branches off or erases a run that is undone. */
@Timeout(30)
public abstract class UndoDeploySuite extends UndoFixture {
    private static TaskSpec.Builder<String> twice(TaskSpec.Builder<String> spec) {
        return spec.retry(RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofHours(1))
                .build());
    }

    private TaskSpec<String> plain(Act body) {
        return twice(spec("book")).leaf(call -> body.act(call.<String>arg(0), call.taskContext()));
    }

    @Test
    void contractIsTheSameWhetherATaskCanBeUndone() throws Exception {
        Lab lab = agency(Durability.SYNC, List.of(plain(this::book)), (input, calls, run) -> input);
        String before = lab.graph().contract().json();
        agency(lab, List.of(book()), (input, calls, run) -> input);

        assertThat(lab.graph().contract().json()).isEqualTo(before).contains("LEAF");
    }

    @Test
    void whatWasCalledBeforeItCouldBeUndoneIsNotUndone() throws Exception {
        TaskSpec<String> old = plain(this::book);
        Lab lab = agency(Durability.SYNC, List.of(old), failing(old));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        TaskSpec<String> book = book();
        agency(lab, List.of(book), failing(book));

        assertThat(lab.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).isEmpty();
    }

    @Test
    void callWhoseRetryIsDueGoesOnAsOneThatCanBeUndone() throws Exception {
        SteppedWorld world = new SteppedWorld();
        AtomicBoolean broken = new AtomicBoolean(true);
        Act booking = (what, context) -> {
            if (broken.get()) {
                throw new IOException("no answer");
            }
            return book(what, context);
        };
        TaskSpec<String> old = plain(booking);
        Lab lab =
                lab(Durability.SYNC, world).options(graph -> graph.world(world).parkAfter(Duration.ofMillis(1)));
        agency(lab, List.of(old), failing(old));
        CompletableFuture<RunResult<String>> unused = lab.workflow().invokeAsync("x", RUN);
        Eventually.until(() -> lab.workflow().state("t").status() == ThreadStatus.SLEEPING);
        lab.close();
        broken.set(false);
        TaskSpec<String> book = book(UndoDeploySuite::twice, booking, cancelling());
        agency(lab, List.of(book), failing(book));
        world.advance(Duration.ofHours(2));

        assertThatThrownBy(() -> recovered(lab)).hasMessageContaining("no car");
        lab.workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("hotel: ticket of hotel", "flight: ticket of flight");
    }

    @Test
    void branchFromBeforeTheUndoUndoesOnlyWhatItHasDoneItself() throws Exception {
        TaskSpec<String> book = book();
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        lab.workflow().invoke(Command.undo(), T);
        undone.clear();

        RunConfig branch = lab.workflow().fork(T, ForkPoint.after("task:book#1"));
        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), branch))
                .hasMessageContaining("no car");
        lab.workflow().invoke(Command.undo(), T);

        assertThat(undone).containsExactly("hotel: ticket of hotel");
    }

    @Test
    void erasureEndsAnUndoThatExecutes() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TaskSpec<String> book = book(cancelling((what, context) -> {
            reached.countDown();
            goOn.await();
            return "";
        }));
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN.subject("bob")))
                .isInstanceOf(WorkflowFailedException.class);
        CompletableFuture<RunResult<String>> undoing = lab.workflow().invokeAsync(Command.undo(), T);
        reached.await();

        ErasureReport report = lab.graph().erase("bob");

        assertThat(report.threads()).isEqualTo(1);
        goOn.countDown();
        assertThatThrownBy(undoing::join).hasMessageContaining("'t'");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(undone).containsOnly("hotel: ticket of hotel");
    }
}
