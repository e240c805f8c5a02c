package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queued runs beside what else a run may meet: deadlines, retention, children that ask, and the deaths of their processes. */
public abstract class QueueCrossingSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final RunConfig Q = T.queue("q");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger attempts = new AtomicInteger();
    private Checkpointer store;

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    /** A process that only enqueues. */
    private Lab front(Durability durability) {
        return opened(new Lab(new SecondDoor(store), durability));
    }

    private Lab worker(Durability durability) {
        return opened(new Lab(new SecondDoor(store), durability))
                .options(graph -> graph.worker(Worker.of("q").pollEvery(Duration.ofMillis(20)))
                        .parkAfter(Duration.ZERO));
    }

    // --- deadlines ---

    private static Lab waitingForAMoment(Lab lab) {
        return lab.body((input, calls, run) -> {
            String draft = calls.task("draft", input, s -> s + "!").join();
            return draft + run.interrupt(NAME, "who?", Duration.ofMillis(200)).orElse("nobody");
        });
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aQuestionWhoseDeadlineHasPassedIsContinuedByAWorkerInAnotherProcess(Durability durability) throws Exception {
        Lab front = waitingForAMoment(front(durability));
        Lab first = waitingForAMoment(worker(durability));
        first.workflow();
        RunHandle<String> asking = front.workflow().enqueue("x", Q);
        RunHandle<String> behind = front.workflow().enqueue("y", Q);
        Eventually.until(() -> asking.status() == RunStatus.INTERRUPTED || asking.status() == RunStatus.COMPLETED);
        first.graph().engine().crash();

        Lab second = waitingForAMoment(worker(durability));
        second.workflow();

        Eventually.until(() -> asking.status() == RunStatus.COMPLETED && behind.status() == RunStatus.COMPLETED);
        assertThat(asking.result().value()).isEqualTo("x!nobody");
        assertThat(behind.result().value()).isEqualTo("y!nobody");
        assertThat(first.ran("draft") + second.ran("draft")).isEqualTo(2);
        assertThatThrownBy(() -> front.workflow().enqueue(Command.resume("late"), T))
                .isInstanceOf(AnswerRefusedException.class);
    }

    // --- retention ---

    private static Lab keeping(Lab lab) {
        return lab.body((input, calls, run) -> {
            String draft = calls.task("draft", input, s -> s + "!").join();
            return input.equals("ask") ? draft + run.interrupt(NAME, "who?") : draft;
        });
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void retentionTakesWhatIsOverAndLeavesWhatWaitsInLine(Durability durability) throws Exception {
        Lab lab = keeping(worker(durability));
        RunHandle<String> old = lab.workflow().enqueue("old", Q);
        RunHandle<String> newest = lab.workflow().enqueue("newest", Q);
        assertThat(newest.result().value()).isEqualTo("newest!");
        RunHandle<String> asking = lab.workflow().enqueue("ask", Q);
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);
        RunHandle<String> behind = lab.workflow().enqueue("behind", Q);

        assertThat(lab.graph().keepLast("t", 1)).isEqualTo(1);

        assertThatThrownBy(old::status)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN));
        assertThat(newest.status()).as("its result is the thread's value").isEqualTo(RunStatus.COMPLETED);
        assertThat(asking.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(behind.status()).isEqualTo(RunStatus.QUEUED);
        lab.workflow().enqueue(Command.resume("ann"), T);
        assertThat(behind.result(PATIENCE).value()).isEqualTo("behind!");
        assertThat(asking.result().value()).isEqualTo("ask!ann");
        assertThat(lab.ran("draft")).isEqualTo(4);
        assertThat(lab.workflow()
                        .enqueue("old", Q.runId(old.runId()))
                        .result(PATIENCE)
                        .value())
                .as("an id that was removed is the id of a new run")
                .isEqualTo("old!");
        assertThat(lab.ran("draft")).isEqualTo(5);
    }

    // --- children ---

    private final AtomicReference<Workflow<String, String>> child = new AtomicReference<>();

    /** A parent whose child asks in a nested task under a retry; both are executed by workers. */
    private Lab family(boolean takes, Durability durability) {
        RetryPolicy twice = RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(5))
                .build();
        AtomicReference<Workflow<String, String>> own = new AtomicReference<>();
        Lab lab = new Lab(new SecondDoor(store), durability) {
            @Override
            protected void opened() {
                Lab here = this;
                own.set(graph().add(WorkflowSpec.of("Lab.child", TEXT, TEXT)
                        .body(call -> here.calls(call.scope())
                                .scope(
                                        "outer",
                                        task -> task.retry(twice),
                                        call.arg(0),
                                        QueueCrossingSuite.this::askTwice)
                                .join())));
                child.compareAndSet(null, own.get());
            }
        };
        Worker worker = Worker.of("q").concurrency(2).pollEvery(Duration.ofMillis(20));
        return opened(lab)
                .options(graph -> (takes ? graph.worker(worker) : graph).parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    String made = calls.task("before", input, s -> s + "-").join();
                    return run.child(own.get())
                            .on(RunConfig.thread("own").queue("q"))
                            .start(made)
                            .join();
                });
    }

    private String askTwice(String input, Lab.Calls calls, Run run) throws IOException {
        String made = calls.task("make", input, s -> s + "!").join();
        String name = calls.scope("inner", made, (in, c, r) -> in + r.interrupt(NAME, "who?"))
                .join();
        if (attempts.incrementAndGet() == 1) {
            throw new IOException("the first attempt fails");
        }
        return name + run.attempt();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aQuestionUnderARetryInAChildOfAQueuedParentIsAnsweredFromAnotherProcess(Durability durability)
            throws Exception {
        Lab front = family(false, durability);
        RunHandle<String> parent = front.workflow().enqueue("x", Q);
        Lab first = family(true, durability);
        first.workflow();
        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.INTERRUPTED);
        first.graph().engine().crash();

        var question = child.get().state("own").only(NAME);
        assertThat(question.path()).isEqualTo("task:outer#1/task:inner#1/ask:name#1");
        child.get().enqueue(question.answer("A"), RunConfig.thread("own"));
        Lab second = family(true, durability);
        second.workflow();

        assertThat(parent.result(PATIENCE).value()).isEqualTo("x-!A2");
        assertThat(attempts)
                .as("the answer was followed by a failure, and that by a retry")
                .hasValue(2);
        assertThat(first.ran("make") + second.ran("make")).isEqualTo(1);
        assertThat(child.get().history("own").stream()
                        .map(entry -> entry.runId())
                        .distinct())
                .hasSize(1);
        Eventually.until(() -> front.graph().queue("q").requests().isEmpty());
        assertThat(front.graph().queue("q").requests(RequestState.HELD)).isEmpty();
    }
}
