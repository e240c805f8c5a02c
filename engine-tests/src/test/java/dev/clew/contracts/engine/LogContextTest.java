package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunListener;
import dev.clew.interrupt.Command;
import dev.clew.queue.Worker;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/** What the code of a run finds in slf4j's context, wherever it executes; and how its threads are named. */
@Timeout(60)
@Isolated("sets the adapter of slf4j's context")
class LogContextTest extends EngineSuite implements OnMemory {
    private final Checkpointer store = Checkpointer.inMemory();

    @Override
    protected Checkpointer newStore() {
        return store;
    }

    private static String boom(String input) throws IOException {
        throw new IOException("boom");
    }

    @Test
    void bodiesTasksAndListenersFindTheirThreadRunAndStepInTheContext() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        MDCAdapter before = mdc(new MapAdapter());
        try {
            MDC.put("clew.step", "outside");
            Lab lab = lab(Durability.SYNC)
                    .options(graph -> graph.executor(Runnable::run).listener(new RunListener() {
                        @Override
                        public void stepStarted(RunInfo run, StepInfo step) {
                            seen.add("listener " + context());
                        }
                    }))
                    .body((input, calls, run) -> {
                        MDC.put("own", "kept");
                        seen.add("body " + context());
                        calls.task("t", input, text -> {
                                    seen.add("task " + context());
                                    return text;
                                })
                                .join();
                        seen.add("body " + context());
                        return MDC.get("own");
                    });

            assertThat(lab.workflow().invoke("in", T.runId("r")).value()).isEqualTo("kept");

            assertThat(seen)
                    .containsExactly("body t r null", "listener t r task:t#1", "task t r task:t#1", "body t r null");
            assertThat(context()).isEqualTo("null null outside");
        } finally {
            mdc(before);
        }
    }

    /** A worker executes the run, parks it at a question and at a sleep, and tries its task twice. */
    @Test
    void tasksOfResumedRunsAndWorkersAndSecondAttemptsFindTheContextToo() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        RetryPolicy quick =
                RetryPolicy.builder().initialInterval(Duration.ofMillis(1)).build();
        AtomicInteger attempts = new AtomicInteger();
        MDCAdapter before = mdc(new MapAdapter());
        try {
            Lab lab = lab(Durability.SYNC)
                    .options(graph -> graph.worker(Worker.of("q").pollEvery(Duration.ofMillis(20)))
                            .parkAfter(Duration.ofMillis(1)))
                    .body((input, calls, run) -> {
                        seen.add("body " + context());
                        String answer = String.valueOf(run.interrupt("your name?"));
                        run.sleep(Duration.ofMillis(30));
                        return calls.task("t", spec -> spec.retry(quick), answer, text -> {
                                    seen.add("task " + context());
                                    return attempts.incrementAndGet() == 1 ? boom(text) : text;
                                })
                                .join();
                    });

            lab.workflow().enqueue("in", T.queue("q").runId("r")).result();
            lab.workflow().enqueue(Command.resume("ann"), T).result();

            // How often the body executes hangs on whether the run parks before the second attempt.
            assertThat(seen).contains("body t r null", "task t r task:t#1");
            assertThat(seen.stream().filter(line -> line.equals("task t r task:t#1")))
                    .hasSize(2);
            assertThat(Set.copyOf(seen)).hasSize(2);
        } finally {
            mdc(before);
        }
    }

    @Test
    void tasksOfRecoveredRunsFindTheContextToo() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        MDCAdapter before = mdc(new MapAdapter());
        try {
            Lab lab = lab(Durability.SYNC);
            lab.body((input, calls, run) -> {
                begun.countDown();
                Thread.sleep(60_000);
                return input;
            });
            lab.workflow().invokeAsync("in", T.runId("r"));
            begun.await();
            lab.crash();
            lab.body((input, calls, run) -> calls.task("t", input, text -> {
                        seen.add("task " + context());
                        return text;
                    })
                    .join());

            lab.graph().recover().runs().get(0).result().get(10, TimeUnit.SECONDS);

            assertThat(seen).containsExactly("task t r task:t#1");
        } finally {
            mdc(before);
        }
    }

    private static String context() {
        return MDC.get("clew.thread") + " " + MDC.get("clew.run") + " " + MDC.get("clew.step");
    }

    /** Sets slf4j's adapter, which only a provider may do otherwise; gives the one before. */
    private static MDCAdapter mdc(MDCAdapter adapter) throws ReflectiveOperationException {
        MDCAdapter before = MDC.getMDCAdapter();
        Method set = MDC.class.getDeclaredMethod("setMDCAdapter", MDCAdapter.class);
        set.setAccessible(true);
        set.invoke(null, adapter);
        return before;
    }

    @Test
    void theThreadsOfRunsHaveNames() throws Exception {
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> Thread.currentThread().getName());

        assertThat(lab.workflow().invoke("in", T).value()).matches("clew-run-\\d+");
    }

    /** A logging context as log backends have it. */
    private static final class MapAdapter implements MDCAdapter {
        private final ThreadLocal<Map<String, String>> all = ThreadLocal.withInitial(HashMap::new);

        @Override
        public void put(String key, String value) {
            all.get().put(key, value);
        }

        @Override
        public String get(String key) {
            return all.get().get(key);
        }

        @Override
        public void remove(String key) {
            all.get().remove(key);
        }

        @Override
        public void clear() {
            all.get().clear();
        }

        @Override
        public Map<String, String> getCopyOfContextMap() {
            return new HashMap<>(all.get());
        }

        @Override
        public void setContextMap(Map<String, String> contextMap) {
            all.set(new HashMap<>(contextMap));
        }

        @Override
        public void pushByKey(String key, String value) {}

        @Override
        public String popByKey(String key) {
            return null;
        }

        @Override
        public Deque<String> getCopyOfDequeByKey(String key) {
            return new ArrayDeque<>();
        }

        @Override
        public void clearDequeByKey(String key) {}
    }
}
