package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.FailingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.queue.Worker;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What is logged of runs, and what is not. */
@Timeout(60)
@Isolated("captures the error stream")
class RunLoggingTest extends EngineSuite implements OnMemory {
    private static final String STACK_TRACE =
            "java.io.IOException: boom\\R\\s+at dev.clew.contracts.engine.RunLoggingTest";

    private final LogCapture log = new LogCapture();
    private final Checkpointer store = Checkpointer.inMemory();

    @Override
    protected Checkpointer newStore() {
        return store;
    }

    @AfterEach
    void endCapture() {
        log.close();
    }

    private static String boom(String input) throws IOException {
        throw new IOException("boom");
    }

    private static Lab.Body failsAfter(Duration sleep) {
        return (input, calls, run) -> {
            run.sleep(sleep);
            return calls.task("charge", once -> once, input, RunLoggingTest::boom)
                    .join();
        };
    }

    private Lab parking() throws Exception {
        return lab(Durability.SYNC).options(graph -> graph.parkAfter(Duration.ofMillis(1)));
    }

    @Test
    void logsAFailureThatNobodyReceivesOnceWithTheOriginalsStackTrace() throws Exception {
        Lab lab = parking().body(failsAfter(Duration.ofMillis(5)));

        lab.workflow().invokeAsync("in", T.runId("r-1"));

        Eventually.until(() -> log.count("failed at step") > 0);
        lab.close();
        assertThat(log.count("ERROR[^\n]*thread 't'[^\n]*run 'r-1'[^\n]*failed at step 'task:charge#1'"))
                .isEqualTo(1);
        assertThat(log.count(STACK_TRACE)).isEqualTo(1);
    }

    @Test
    void logsNothingOfAFailureThatACallerGets() throws Exception {
        Lab lab = parking().body(failsAfter(Duration.ofMillis(5)));

        assertThat(catchThrowable(() -> lab.workflow().invoke("in", T))).isNotNull();
        CompletableFuture<?> told =
                lab.workflow().invokeAsync("in", RunConfig.thread("u")).handle((result, failure) -> failure);
        told.get(10, TimeUnit.SECONDS);
        lab.close();

        assertThat(log.count("ERROR|WARN")).isZero();
    }

    @Test
    void logsAFailureWhoseCallerWasInterruptedMeanwhile() throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> boom(gate.pass(input)));
        Workflow<String, String> workflow = lab.workflow();
        Thread caller = new Thread(() -> TaskSuite.quietly(() -> workflow.invoke("in", T)));
        caller.start();
        gate.awaitArrival();

        caller.interrupt();
        caller.join();
        gate.open();

        Eventually.until(() -> log.count("failed at step") > 0);
        assertThat(log.count(STACK_TRACE)).isEqualTo(1);
    }

    @Test
    void logsARecoveryAndWhoseRunItWas() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC);
        lab.body((input, calls, run) -> {
            begun.countDown();
            Thread.sleep(60_000);
            return input;
        });
        lab.workflow().invokeAsync("in", T.runId("r-1"));
        begun.await();
        String owner = store.thread("t").orElseThrow().lease().owner();
        lab.crash();
        lab.body((input, calls, run) -> boom(input));

        lab.graph().recover();

        Eventually.until(() -> log.count("failed at step") > 0);
        assertThat(log.text())
                .contains("INFO dev.clew - thread 't', workflow 'Lab.run', run 'r-1' is recovered; its owner '" + owner
                        + "' is gone");
        assertThat(log.count(STACK_TRACE)).isEqualTo(1);
    }

    @Test
    void doesNotLogAnAnsweredRunAsARecovery() throws Exception {
        Lab lab = lab(Durability.SYNC)
                .options(graph -> graph.worker(Worker.of("q").pollEvery(Duration.ofMillis(20))))
                .body((input, calls, run) -> String.valueOf(run.interrupt("your name?")));
        lab.workflow().enqueue("in", T.queue("q")).result();

        assertThat(lab.workflow().enqueue(Command.resume("ann"), T).result().value())
                .isEqualTo("ann");

        assertThat(log.text()).doesNotContain("recovered");
    }

    @Test
    void logsARunThatIsBlockedInTheBackground() throws Exception {
        Duration sleep = Duration.ofMinutes(5);
        SteppedWorld[] world = {new SteppedWorld()};
        Lab lab = lab(Durability.SYNC, world[0])
                .options(graph -> graph.parkAfter(Duration.ZERO).world(world[0]));
        lab.body((input, calls, run) -> {
            calls.task("old", input, text -> text).join();
            run.sleep(sleep);
            return input;
        });
        lab.workflow().invokeAsync("in", T);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        lab.crash();
        lab.body((input, calls, run) -> calls.task("new", input, text -> text).join());
        world[0] = new SteppedWorld(world[0].clock());
        world[0].advance(sleep);

        lab.graph().recover();

        Eventually.until(() -> log.count("is blocked") > 0);
        assertThat(log.count("ERROR[^\n]*thread 't'[^\n]*is blocked[^\n]*\n[^\n]*NonDeterminismException"))
                .isEqualTo(1);
    }

    @Test
    void logsARunThatIsStuck() throws Exception {
        Lab lab = lab(Durability.SYNC);
        lab.body((input, calls, run) -> {
            throw new NoClassDefFoundError("driver");
        });
        assertThat(catchThrowable(() -> lab.workflow().invoke("in", T))).isInstanceOf(NoClassDefFoundError.class);

        for (int i = 0; i < 7 && log.count("is stuck") == 0; i++) {
            lab.graph().recover().runs().forEach(run -> {
                Eventually.until(() -> run.result().isDone());
            });
        }

        assertThat(log.count("ERROR[^\n]*thread 't'[^\n]*is stuck")).isEqualTo(1);
        assertThat(log.count(
                        "ERROR[^\n]*thread 't'[^\n]*crashed[^\n]*\njava.lang.NoClassDefFoundError: driver\n\\s+at"))
                .isEqualTo(5);
    }

    @Test
    void logsTheFailureOfAChildThatWasOnlyLaunched() throws Exception {
        TypeRef<String> text = TypeRef.of(String.class);
        Workflow<?, ?>[] child = new Workflow<?, ?>[1];
        Lab lab = opened(new Lab(store, Durability.SYNC) {
            @Override
            protected void opened() {
                child[0] = graph().add(WorkflowSpec.of("Lab.child", text, text).body(call -> boom(call.arg(0))));
            }
        });
        @SuppressWarnings("unchecked")
        Lab.Body launches = (input, calls, run) -> run.child((Workflow<String, String>) child[0])
                .on(RunConfig.thread("child"))
                .launch("c")
                .join();
        lab.body(launches);

        lab.workflow().invoke("in", T);

        Eventually.until(() -> log.count("failed at step") > 0);
        assertThat(log.count("ERROR[^\n]*thread 'child'[^\n]*failed")).isEqualTo(1);
        assertThat(log.count(STACK_TRACE)).isEqualTo(1);
    }

    @Test
    void logsRetriesForDebugging() throws Exception {
        RetryPolicy quick = RetryPolicy.builder()
                .maxAttempts(3)
                .initialInterval(Duration.ofMillis(1))
                .jitter(false)
                .build();
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.task(
                                "charge", spec -> spec.retry(quick), input, RunLoggingTest::boom)
                        .join());

        assertThat(catchThrowable(() -> lab.workflow().invoke("in", T))).isNotNull();

        assertThat(log.count("DEBUG[^\n]*attempt [12] of step 'task:charge#1' in thread 't'[^\n]*due at 20"))
                .isEqualTo(2);
        assertThat(log.count(STACK_TRACE)).isEqualTo(2);
        assertThat(log.count("ERROR|WARN")).isZero();
    }

    @Test
    void logsAStoreThatFailedAlthoughTheCallerGetsItToo() throws Exception {
        FailingCheckpointer failing = new FailingCheckpointer(store);
        Lab lab = opened(new Lab(failing, Durability.SYNC));
        lab.body((input, calls, run) -> calls.task("t", input, text -> text).join());
        failing.failFrom(1);

        assertThat(catchThrowable(() -> lab.workflow().invoke("in", T))).hasMessageContaining("the disk is full");

        assertThat(log.count("WARN[^\n]*thread 't'[^\n]*its store failed")).isEqualTo(1);
    }

    @Test
    void aCommandThatFailsForItsCallerIsNotLogged() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> input);

        assertThat(catchThrowable(() -> lab.workflow().invoke(Command.proceed(), T)))
                .isNotNull();

        assertThat(log.count("ERROR|WARN")).isZero();
    }
}
