package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What suites of tasks share: a question to pause at, the log's bytes, and ways to ask a lab how it went. */
public abstract class TaskSuite extends EngineSuite {
    static final InterruptKey<String, String> GO = InterruptKey.of("go", String.class, String.class);

    Checkpointer store;

    @Override
    protected Lab lab(Durability durability) throws Exception {
        store = newStore();
        return opened(new Lab(store, durability));
    }

    /** A laboratory that stores nothing. */
    Lab unstored() {
        return opened(new Lab(null, Durability.ASYNC));
    }

    /** Pauses until the test answers, so that everything before is replayed. */
    static String pause(Run run) {
        return run.interrupt(GO, "go?");
    }

    /** Answers the one question of a paused lab in a graph that has seen nothing yet. */
    static String resume(Lab lab) throws Exception {
        return lab.restart().workflow().invoke(Command.resume("on"), T).value();
    }

    static WorkflowFailedException failure(Lab lab) {
        return catchThrowableOfType(
                WorkflowFailedException.class, () -> lab.workflow().invoke("in", T));
    }

    static WorkflowFailedException proceedFails(Lab lab) {
        return catchThrowableOfType(
                WorkflowFailedException.class, () -> lab.workflow().invoke(Command.proceed(), T));
    }

    static String proceed(Lab lab) {
        return lab.workflow().invoke(Command.proceed(), T).value();
    }

    static boolean paused(RunResult<String> result) {
        return result instanceof RunResult.Interrupted<String>;
    }

    static List<String> paths(Lab lab) {
        return lab.workflow().state(T).steps().stream().map(StepState::path).toList();
    }

    static StepState step(Lab lab, String path) {
        return lab.workflow().state(T).step(path).orElseThrow();
    }

    /** Every entry of the head run's log, as stored. */
    List<String> log(Lab lab) {
        ThreadState<String> state = lab.workflow().state(T);
        List<String> entries = new ArrayList<>();
        store.scan("t", state.runId(), 0, record -> entries.add(record.seq() + Arrays.toString(record.bytes())));
        return entries;
    }

    /** Policies are quick: no jitter, a millisecond between attempts. */
    static RetryPolicy.Builder attempts(int most) {
        return RetryPolicy.builder()
                .maxAttempts(most)
                .initialInterval(Duration.ofMillis(1))
                .jitter(false);
    }

    /** Does it, whatever it throws. */
    static void quietly(ThrowingCallable call) {
        Throwable unused = catchThrowable(call);
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("waited ten seconds for what never came");
        }
    }

    /** {@code TaskFuture.anyOf}, and which of the futures it was. */
    static int winner(Collection<TaskFuture<String>> futures) {
        TaskFuture<String> first = TaskFuture.anyOf(futures);
        return new ArrayList<>(futures).indexOf(first);
    }
}
