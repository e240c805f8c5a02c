package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.task.TaskFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the builder's task decorator is given, and what becomes of runs whose decorator throws. */
@Timeout(60)
class TaskDecoratorTest extends EngineSuite implements OnMemory {
    private static final ThreadLocal<String> TRACE = new ThreadLocal<>();
    private static final RuntimeException BROKEN = new IllegalStateException("the decorator is broken");

    /** As tracing libraries do: what the calling thread has goes to the one that runs. */
    private static Runnable carried(Runnable work) {
        String trace = TRACE.get();
        return () -> {
            String before = TRACE.get();
            TRACE.set(trace);
            try {
                work.run();
            } finally {
                TRACE.set(before);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300})
    void carriesAContextFromTheCallerToEveryTask(int tasks) throws Exception {
        Lab lab = lab(Durability.ASYNC)
                .options(graph -> graph.taskDecorator(TaskDecoratorTest::carried))
                .body((input, calls, run) -> {
                    List<TaskFuture<String>> all = IntStream.range(0, tasks)
                            .mapToObj(i -> calls.task("t", "" + i, text -> TRACE.get()))
                            .toList();
                    return TaskFuture.allOf(all).stream().distinct().toList().toString();
                });

        TRACE.set("request 7");
        try {
            assertThat(lab.workflow().invoke("", T).value()).isEqualTo("[request 7]");
        } finally {
            TRACE.remove();
        }
    }

    /** Where a decorator can break: while it wraps, before what it wraps, or after. */
    private enum Breaking {
        WRAPPING,
        BEFORE,
        AFTER;

        /** Breaks the n-th time that it comes there. */
        UnaryOperator<Runnable> at(int n) {
            AtomicInteger wrapped = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            return work -> {
                if (this == WRAPPING && wrapped.incrementAndGet() == n) {
                    throw BROKEN;
                }
                return () -> {
                    boolean now = this != WRAPPING && ran.incrementAndGet() == n;
                    if (now && this == BEFORE) {
                        throw BROKEN;
                    }
                    work.run();
                    if (now) {
                        throw BROKEN;
                    }
                };
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Breaking.class)
    void whatItThrowsEndsTheRunAndNothingElse(Breaking how) throws Exception {
        // The body itself, a task that is joined at once, and those that a courier or a worker hands on.
        for (int n : new int[] {1, 2, 3, 4, 40}) {
            if (n == 1 && how == Breaking.AFTER) {
                // The run is over by then.
                continue;
            }
            AtomicBoolean over = new AtomicBoolean();
            Lab lab = lab(Durability.SYNC)
                    .options(graph -> graph.maxConcurrency(2).taskDecorator(how.at(n)))
                    .body((input, calls, run) -> {
                        calls.task("first", "", text -> text).join();
                        List<String> all = TaskFuture.allOf(IntStream.range(0, 50)
                                .mapToObj(i -> calls.task("t", "" + i, text -> text))
                                .toList());
                        if (!over.get()) {
                            // A decorator that breaks late, on another thread, must not find the run ended.
                            Thread.sleep(30_000);
                        }
                        return "" + all.size();
                    });

            RunConfig broken = RunConfig.thread("broken");
            assertThat(catchThrowable(() -> lab.workflow().invoke("", broken)))
                    .as("%s at %s", how, n)
                    .isSameAs(BROKEN);
            over.set(true);
            assertThat(lab.workflow().invoke("", RunConfig.thread("other")).value())
                    .isEqualTo("50");
            assertThat(lab.workflow().invoke(Command.proceed(), broken).value()).isEqualTo("50");
        }
    }

    @Test
    void theThreadThatLooksAfterHeldTasksOutlivesIt() throws Exception {
        Lab lab = lab(Durability.ASYNC).options(graph -> graph.taskDecorator(Breaking.WRAPPING.at(2)));
        lab.body((input, calls, run) -> {
            CompletableFuture<Void> ran = new CompletableFuture<>();
            TaskFuture<String> called = calls.task("t", "done", text -> {
                ran.complete(null);
                return text;
            });
            ran.get(30, TimeUnit.SECONDS);
            return called.join();
        });

        assertThatThrownBy(() -> lab.workflow().invoke("", RunConfig.thread("broken")))
                .isSameAs(BROKEN);
        assertThat(lab.workflow().invoke("", RunConfig.thread("other")).value()).isEqualTo("done");
    }
}
