package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.flow.SwallowedPauseException;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.CachePolicy;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that swallow every pause, executors that take no work, and caches that are missing. */
@Timeout(30)
public abstract class RunawaySuite extends TaskSuite {
    /** Asks, and catches whatever that throws, for ever. */
    private static String stubborn(dev.clew.flow.Run run, AtomicReference<Thread> at, AtomicBoolean mended) {
        at.set(Thread.currentThread());
        while (true) {
            try {
                return pause(run);
            } catch (Throwable swallowed) {
                if (mended.get()) {
                    throw swallowed;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aBodyThatSwallowsEveryPauseIsLeftAloneAndItsRunBlocked(Durability durability) throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicBoolean mended = new AtomicBoolean();
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("before", input, s -> s).join() + stubborn(run, thread, mended));

        assertThatThrownBy(() -> lab.workflow().invoke("in", T))
                .isInstanceOf(SwallowedPauseException.class)
                .hasMessageContaining("workflow 'Lab.run'")
                .hasMessageContaining("1000 times");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.BLOCKED);
        Eventually.until(() -> thread.get().getState() == Thread.State.WAITING);

        mended.set(true);
        lab.restart();
        assertThat(paused(lab.workflow().invoke(Command.proceed(), T))).isTrue();
        assertThat(resume(lab)).isEqualTo("inon");
        assertThat(lab.ran("before")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aScopeThatSwallowsEveryPauseBlocksTheRunAndHoldsNoPermit(Durability durability) throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Lab lab = lab(durability)
                .options(graph -> graph.maxConcurrency(1))
                .body((input, calls, run) -> input.equals("simple")
                        ? calls.task("task", input, s -> s).join()
                        : calls.scope("stubborn", input, (s, c, r) -> stubborn(r, thread, new AtomicBoolean()))
                                .join());

        assertThatThrownBy(() -> lab.workflow().invoke("in", T))
                .isInstanceOf(SwallowedPauseException.class)
                .hasMessageContaining("task:stubborn#1");
        assertThat(lab.workflow()
                        .invoke("simple", dev.clew.flow.RunConfig.thread("u"))
                        .value())
                .isEqualTo("simple");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aBodyThatSwallowsAShutdownDoesNotKeepTheGraphOpen(Durability durability) throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Lab lab = lab(durability)
                .options(graph -> graph.closeTimeout(Duration.ZERO))
                .body((input, calls, run) -> {
                    thread.set(Thread.currentThread());
                    while (true) {
                        try {
                            calls.task("task", input, s -> s).join();
                        } catch (Throwable swallowed) {
                            // goes round for ever
                        }
                    }
                });
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("in", T);
        Eventually.until(() -> thread.get() != null);

        lab.close();

        Eventually.until(result::isDone);
        Eventually.until(() -> thread.get().getState() == Thread.State.WAITING);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCloseableExecutorThatIsShutDownIsTheCauseOfWhatTheCallerGets(Durability durability) throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        AtomicReference<ExecutorService> used = new AtomicReference<>(executor);
        Lab lab = lab(durability)
                .options(graph -> graph.executor(work -> used.get().execute(work)))
                .body((input, calls, run) -> calls.task("task", input, s -> s).join());
        executor.shutdown();

        refused(lab, RejectedExecutionException.class);
        used.set(Executors.newCachedThreadPool());
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("in");
        used.get().shutdown();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anExecutorThatThrowsInTheMiddleLeavesTheRunRecoverable(Durability durability) throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        AtomicInteger left = new AtomicInteger(1);
        Lab lab = lab(durability)
                .options(graph -> graph.executor(work -> {
                    if (left.getAndDecrement() <= 0) {
                        throw new NoClassDefFoundError("dev/acme/Pool");
                    }
                    pool.execute(work);
                }))
                .body((input, calls, run) ->
                        calls.scope("scope", input, (s, c, r) -> s).join());

        refused(lab, NoClassDefFoundError.class);
        left.set(Integer.MAX_VALUE);
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("in");
        pool.shutdown();
    }

    private static void refused(Lab lab, Class<? extends Throwable> cause) {
        assertThatThrownBy(() -> lab.workflow().invoke("in", T))
                .isInstanceOf(ClewException.class)
                .hasMessageContaining("executor")
                .hasMessageContaining("thread 't'")
                .hasCauseInstanceOf(cause);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCachedTaskWithoutACacheIsRefusedWhenTheGraphIsBuilt(Durability durability) throws Exception {
        WorkflowSpec<String, String> spec = WorkflowSpec.of(
                        "Lab.run", TypeRef.of(String.class), TypeRef.of(String.class))
                .tasks(TaskSpec.of("shout", TypeRef.of(String.class))
                        .method("Lab", "shout(String)")
                        .cache(CachePolicy.of("1"))
                        .leaf(call -> "x"))
                .body(call -> "x");
        LabGraph graph = opened(LabGraph.builder()
                .checkpointer(newStore())
                .durability(durability)
                .build());

        assertThatThrownBy(() -> graph.add(spec))
                .isInstanceOf(ClewException.class)
                .hasMessageContaining("task 'shout'")
                .hasMessageContaining(".cache(");
    }
}
