package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.task.TaskFuture;
import dev.clew.value.WaitInterruptedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the thread of a caller has to do with the run that it waits for: nothing. */
@Timeout(60)
class CallerThreadTest extends EngineSuite implements OnMemory {
    private static final RunConfig RUN = T.runId("run");

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** A caller on a thread of its own, so that it can be interrupted. */
    private static final class Caller extends FutureTask<RunResult<String>> {
        private final Thread thread = new Thread(this, "caller");

        Caller(Lab lab) {
            super(() -> {
                try {
                    return lab.workflow().invoke("in", RUN);
                } catch (WaitInterruptedException interrupted) {
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    throw interrupted;
                }
            });
            thread.start();
        }

        Throwable failure() throws Exception {
            try {
                throw new AssertionError("the caller got " + get(30, TimeUnit.SECONDS));
            } catch (ExecutionException thrown) {
                return thrown.getCause();
            }
        }
    }

    private String waiting(String text) throws InterruptedException {
        begun.countDown();
        open.await();
        return text;
    }

    /** Does not end when it is interrupted. */
    private String ignoring(String text) {
        begun.countDown();
        boolean opened = false;
        while (!opened) {
            try {
                opened = open.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ignored) {
                assertThat(opened).isFalse();
            }
        }
        return text;
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInterruptOfTheCallerEndsItsWaitAndReachesNoTask(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("waits", input, this::waiting).join());
        Caller caller = new Caller(lab);
        begun.await();

        caller.thread.interrupt();

        assertThat(caller.failure()).isInstanceOf(WaitInterruptedException.class);
        CompletableFuture<RunResult<String>> joined = lab.workflow().invokeAsync("in", RUN);
        open.countDown();
        assertThat(joined.get(30, TimeUnit.SECONDS).value()).isEqualTo("in");
        assertThat(lab.ran("waits")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCancelEndsTheWaitForATaskThatIgnoresItsInterrupt(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("ignores", input, this::ignoring).join());
        Caller caller = new Caller(lab);
        begun.await();

        assertThat(lab.workflow().cancel(T)).isTrue();

        assertThat(caller.failure()).isInstanceOf(WorkflowCancelledException.class);
        open.countDown();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCloseEndsTheWaitForATaskThatIgnoresItsInterrupt(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .options(graph -> graph.closeTimeout(Duration.ofMillis(1)))
                .body((input, calls, run) ->
                        calls.task("ignores", input, this::ignoring).join());
        Caller caller = new Caller(lab);
        begun.await();

        lab.close();

        assertThat(caller.failure()).isInstanceOf(RequestRefusedException.class);
        open.countDown();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void noCodeOfARunSeesWhatItsCallersThreadHas(Durability durability) throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ThreadLocal<String> transaction = new ThreadLocal<>();
        transaction.set("the caller's");
        Lab.Leaf looks = text -> {
            threads.add(Thread.currentThread());
            return text + transaction.get();
        };
        Lab lab = lab(durability).body((input, calls, run) -> {
            threads.add(Thread.currentThread());
            return calls.task("joined", input, looks).join()
                    + TaskFuture.allOf(List.of(calls.task("a", input, looks), calls.task("b", input, looks)))
                    + transaction.get();
        });

        try {
            for (int i = 0; i < 50; i++) {
                assertThat(lab.workflow()
                                .invoke("in", RunConfig.thread("t" + i))
                                .value())
                        .isEqualTo("innull[innull, innull]null");
            }
        } finally {
            transaction.remove();
        }
        assertThat(threads).doesNotContain(Thread.currentThread());
    }
}
