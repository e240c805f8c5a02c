package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenBusy;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three workers of one store, each of which dies again and again in the middle of what it does. Every run that was enqueued
 * ends once, in the order of its thread; what was recorded is not run again; limits hold.
 */
public abstract class WorkerDeathsSuite extends EngineSuite {
    private static final InterruptKey<String, String> OK = InterruptKey.of("ok", String.class, String.class);
    private static final int THREADS = 8;
    private static final int RUNS = 12;
    private static final int AT_ONCE = 4;

    private final Map<String, List<String>> ended = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, String> executing = new ConcurrentHashMap<>();
    private final AtomicInteger tasks = new AtomicInteger();
    private final Random random = new Random(0x5eed);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyRunEndsOnceAndInItsOrder(Durability durability) throws Exception {
        Checkpointer store = newStore();
        store.queue().configure("q", QueueSettings.NONE.globalConcurrency(AT_ONCE));
        List<Lab> workers = List.of(worker(store, durability), worker(store, durability), worker(store, durability));
        AtomicBoolean over = new AtomicBoolean();
        Thread killer = new Thread(() -> kill(workers, over));
        try (Lab front = new Lab(new SecondDoor(store), durability).body((input, calls, run) -> input)) {
            List<RunHandle<String>> handles = enqueue(front);
            killer.start();

            for (RunHandle<String> handle : handles) {
                assertThat(completed(front, handle)).isEqualTo(handle.runId() + " done");
            }
            over.set(true);
            killer.join();

            assertThat(wrong).isEmpty();
            assertThat(front.graph().queue("q").requests()).isEmpty();
            for (int thread = 0; thread < THREADS; thread++) {
                assertThat(front.workflow().history("t" + thread).stream()
                                .filter(entry -> entry.runId() != null)
                                .map(entry -> entry.runId())
                                .distinct())
                        .hasSize(RUNS);
                assertThat(ended.get("t" + thread).stream().distinct()).containsExactlyElementsOf(ids(thread));
            }
        } finally {
            over.set(true);
            killer.join();
            workers.forEach(Lab::close);
        }
    }

    private static List<String> ids(int thread) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            ids.add("t" + thread + "-" + i);
        }
        return ids;
    }

    private List<RunHandle<String>> enqueue(Lab front) {
        List<RunHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            for (int thread = 0; thread < THREADS; thread++) {
                String id = "t" + thread + "-" + i;
                RunConfig config = RunConfig.thread("t" + thread).queue("q").runId(id);
                handles.add(front.workflow().enqueue(id, config.whenBusy(WhenBusy.enqueue())));
            }
        }
        return handles;
    }

    /** Waits for a run, and answers what it asks, from a process that is no worker. */
    private static String completed(Lab front, RunHandle<String> handle) {
        RunResult<String> result = handle.result(Duration.ofSeconds(60));
        while (result instanceof RunResult.Interrupted) {
            result = front.workflow()
                    .enqueue(
                            Command.resume("yes"),
                            RunConfig.thread(handle.threadId()).runId(handle.runId()))
                    .result(Duration.ofSeconds(60));
        }
        return result.value();
    }

    private Lab worker(Checkpointer store, Durability durability) {
        Worker taking = Worker.of("q").concurrency(3).pollEvery(Duration.ofMillis(10));
        Lab lab = new Lab(new SecondDoor(store), durability)
                .options(graph -> graph.worker(taking).parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    String thread = input.substring(0, input.indexOf('-'));
                    String first =
                            calls.task("first", input, in -> work(thread, in)).join();
                    run.sleep(Duration.ofMillis(5));
                    if (input.endsWith("-3")) {
                        String answer = run.interrupt(OK, first);
                        if (!answer.equals("yes")) {
                            wrong.add("answer " + answer);
                        }
                    }
                    return calls.task("last", first, in -> end(thread, in)).join();
                });
        lab.workflow();
        return lab;
    }

    private String work(String thread, String input) throws InterruptedException {
        tasks.incrementAndGet();
        String other = executing.put(thread, input);
        if (other != null && !other.equals(input)) {
            wrong.add(input + " began before " + other + " had ended");
        }
        Thread.sleep(1);
        return input;
    }

    private String end(String thread, String input) {
        tasks.incrementAndGet();
        boolean unused = executing.remove(thread, input);
        ended.computeIfAbsent(thread, t -> new CopyOnWriteArrayList<>()).add(input);
        return input + " done";
    }

    private void kill(List<Lab> workers, AtomicBoolean over) {
        try {
            while (!over.get()) {
                int before = tasks.get();
                Thread.sleep(100 + random.nextInt(100));
                // On a busy machine, too, what executes gets on between two deaths.
                for (int i = 0; i < 100 && tasks.get() < before + AT_ONCE && !over.get(); i++) {
                    Thread.sleep(10);
                }
                workers.get(random.nextInt(workers.size())).crash();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error broken) {
            wrong.add("a worker could not be started again: " + broken);
        }
    }
}
