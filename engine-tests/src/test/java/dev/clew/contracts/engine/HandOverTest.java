package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.GatedCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.task.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On which threads tasks run where the graph was given no executor, and what waits for what. */
@Timeout(60)
class HandOverTest extends EngineSuite implements OnMemory {

    private static List<TaskFuture<String>> fan(Lab.Calls calls, int size, Lab.Leaf leaf) {
        List<TaskFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(calls.task("t", "" + i, leaf));
        }
        return all;
    }

    private static String joined(int size) {
        return String.join(
                ",", IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }

    @Test
    void tasksThatWaitForEachOtherAllGetAThread() throws Exception {
        CyclicBarrier all = new CyclicBarrier(64);
        Lab lab = lab(Durability.ASYNC)
                .options(graph -> graph.maxConcurrency(64))
                .body((input, calls, run) -> String.join(",", TaskFuture.allOf(fan(calls, 64, i -> {
                    all.await();
                    return i;
                }))));

        assertThat(lab.workflow().invoke("", T).value()).isEqualTo(joined(64));
    }

    @Test
    void tasksRunWhileTheirScopeIsBusyElsewhere() throws Exception {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        Lab lab = lab(Durability.ASYNC).body((input, calls, run) -> {
            TaskFuture<String> called = calls.task("t", "done", text -> {
                ran.complete(null);
                return text;
            });
            ran.get(30, TimeUnit.SECONDS);
            return called.join();
        });

        assertThat(lab.workflow().invoke("", T).value()).isEqualTo("done");
    }

    /** As a pool sees to it that the next one does not hear an interrupt that was left behind. */
    @Test
    void anInterruptThatATaskLeavesDoesNotReachTheNext() throws Exception {
        Lab lab = lab(Durability.ASYNC)
                .options(graph -> graph.maxConcurrency(2))
                .body((input, calls, run) -> {
                    List<TaskFuture<String>> all = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        all.add(calls.scope("s", "" + i, (text, inner, sub) -> {
                            boolean heard = Thread.currentThread().isInterrupted();
                            Thread.currentThread().interrupt();
                            return "" + heard;
                        }));
                    }
                    return TaskFuture.allOf(all).stream().distinct().toList().toString();
                });

        assertThat(lab.workflow().invoke("", T).value()).isEqualTo("[false]");
    }

    @Test
    void aThreadThatHasMoreToRunDoesNotWaitForTheDisk() throws Exception {
        GatedCheckpointer store = new GatedCheckpointer(newStore());
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .options(graph -> graph.maxConcurrency(2))
                .body((input, calls, run) -> String.join(",", TaskFuture.allOf(fan(calls, 100, i -> i))));

        CompletableFuture<String> result = lab.workflow().invokeAsync("", T).thenApply(ended -> ended.value());

        try {
            Eventually.until(() -> lab.ran().size() == 100);
            assertThat(result).isNotDone();
        } finally {
            store.open();
        }
        assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(joined(100));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLargeFanOutIsRunOnceByFewPermits(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .options(graph -> graph.maxConcurrency(3))
                .body((input, calls, run) -> String.join(",", TaskFuture.allOf(fan(calls, 3_000, i -> i))));

        assertThat(lab.workflow().invoke("", T).value()).isEqualTo(joined(3_000));
        assertThat(lab.ran()).hasSize(3_000);
    }
}
