package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.TaskFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A leaf that calls a workflow of its own or another graph gives its permit back while it waits for the result. */
@Timeout(60)
public abstract class NestedInvokeSuite extends TaskSuite {
    private final AtomicInteger threads = new AtomicInteger();

    /** A way in which a leaf can wait for a run. */
    enum Way {
        INVOKE {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) {
                return workflow.invoke(input, thread).value();
            }
        },
        JOIN {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) {
                return workflow.invokeAsync(input, thread).join().value();
            }
        },
        GET_IN_TIME {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) throws Exception {
                return workflow.invokeAsync(input, thread)
                        .get(50, TimeUnit.SECONDS)
                        .value();
            }
        },
        DEPENDENT {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) {
                return workflow.invokeAsync(input, thread)
                        .thenApply(RunResult::value)
                        .join();
            }
        },
        BATCH {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) {
                return workflow.batch(List.of(input), List.of(thread)).get(0).value();
            }
        },
        STREAM {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) {
                try (RunStream<String> stream = workflow.stream(input, thread)) {
                    stream.forEach(event -> {});
                    return stream.result().value();
                }
            }
        },
        UNREAD_STREAM {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) {
                try (RunStream<String> stream = workflow.stream(input, thread)) {
                    return stream.result().value();
                }
            }
        },
        LISTENER {
            @Override
            String call(Workflow<String, String> workflow, String input, RunConfig thread) {
                try (RunStream<String> stream = workflow.stream(input, thread)) {
                    return stream.hear(event -> {}).join().value();
                }
            }
        };

        abstract String call(Workflow<String, String> workflow, String input, RunConfig thread) throws Exception;
    }

    private RunConfig another() {
        return RunConfig.thread("nested-" + threads.incrementAndGet());
    }

    /** A workflow whose leaf calls the workflow itself, so many levels deep. */
    private Lab recursive(Durability durability, int limit, Way way) throws Exception {
        Lab lab = lab(durability).options(graph -> graph.maxConcurrency(limit));
        return lab.body((input, calls, run) -> calls.task("leaf", input, level -> {
                    int below = Integer.parseInt(level) - 1;
                    return below < 0 ? "." : level + way.call(lab.workflow(), String.valueOf(below), another());
                })
                .join());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aLimitOfOneIsEnoughForAnyDepth(Way way) throws Exception {
        Lab lab = recursive(Durability.SYNC, 1, way);

        assertThat(lab.workflow().invoke("6", T).value()).isEqualTo("654321.");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLimitOfOneIsEnoughInEveryDurability(Durability durability) throws Exception {
        assertThat(recursive(durability, 1, Way.INVOKE)
                        .workflow()
                        .invoke("3", T)
                        .value())
                .isEqualTo("321.");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRunsOwnLimitIsGivenBackToo(Way way) throws Exception {
        Lab lab = lab(Durability.ASYNC).options(graph -> graph.maxConcurrency(2));
        RunConfig shared = RunConfig.thread("shared").maxConcurrency(1);
        lab.body((input, calls, run) -> {
            if (input.equals("below")) {
                return calls.task("leaf", input, s -> s).join();
            }
            // Both leaves need the run's one permit, before and after they wait.
            List<String> both = TaskFuture.allOf(
                    calls.task("leaf", input, s -> way.call(lab.workflow(), "below", another())),
                    calls.task("leaf", input, s -> way.call(lab.workflow(), "below", another())));
            return String.join(",", both);
        });

        assertThat(lab.workflow().invoke("in", shared).value()).isEqualTo("below,below");
    }

    @ParameterizedTest
    @EnumSource(names = {"INVOKE", "STREAM"})
    void moreLeavesThanPermitsCallTheirOwnGraph(Way way) throws Exception {
        int leaves = Runtime.version().feature() >= 21 ? 1_500 : 200;
        Lab lab = lab(Durability.ASYNC);
        lab.body((input, calls, run) -> {
            if (!input.equals("all")) {
                return calls.task("below", input, s -> s).join();
            }
            List<TaskFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < leaves; i++) {
                all.add(calls.task("leaf", "" + i, s -> way.call(lab.workflow(), s, another())));
            }
            return "" + TaskFuture.allOf(all).size();
        });

        assertThat(lab.workflow().invoke("all", T).value()).isEqualTo("" + leaves);
        assertThat(lab.ran("below")).isEqualTo(leaves);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVOKE", "STREAM"})
    void graphsThatCallEachOtherDoNotBlockEachOther(Way way) throws Exception {
        Lab first = lab(Durability.ASYNC).options(graph -> graph.maxConcurrency(1));
        Lab second = lab(Durability.ASYNC).options(graph -> graph.maxConcurrency(1));
        first.body(callsOf(way, second));
        second.body(callsOf(way, first));
        Workflow<String, String> opened = second.workflow();

        CompletableFuture<RunResult<String>> here = first.workflow().invokeAsync("5", T);
        CompletableFuture<RunResult<String>> there = opened.invokeAsync("5", T);

        assertThat(here.get().value()).isEqualTo("54321.");
        assertThat(there.get().value()).isEqualTo("54321.");
    }

    private Lab.Body callsOf(Way way, Lab other) {
        return (input, calls, run) -> calls.task("leaf", input, level -> {
                    int below = Integer.parseInt(level) - 1;
                    return below < 0 ? "." : level + way.call(other.workflow(), String.valueOf(below), another());
                })
                .join();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "1, true", "2, true"})
    void aLeafThatGoesOnCountsAgain(int limit, boolean inScope) throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Lab lab = lab(Durability.ASYNC).options(graph -> graph.maxConcurrency(limit));
        Lab.Leaf counted = s -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            now.decrementAndGet();
            return s;
        };
        Lab.Leaf nesting = s -> {
            counted.run(s);
            String value = lab.workflow().invoke("below", another()).value();
            return counted.run(value);
        };
        lab.body((input, calls, run) -> {
            if (input.equals("below")) {
                return calls.task("leaf", input, counted).join();
            }
            List<TaskFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                // The joiner of a single leaf runs it on its own thread.
                all.add(
                        inScope
                                ? calls.scope(
                                        "scope",
                                        "" + i,
                                        (s, c, r) -> c.task("leaf", s, nesting).join())
                                : calls.task("leaf", "" + i, nesting));
            }
            return "" + TaskFuture.allOf(all).size();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("40");
        assertThat(most).hasValueLessThanOrEqualTo(limit);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aReaderInALeafIsNotCutOffForWantOfAPermit(Durability durability) throws Exception {
        Lab lab = lab(durability).options(graph -> graph.maxConcurrency(1).streamStall(Duration.ofSeconds(5)));
        lab.body((input, calls, run) -> {
            if (input.equals("below")) {
                return calls.raw()
                        .<String>call(dev.clew.spi.TaskSpec.of("chatty", dev.clew.value.TypeRef.of(String.class))
                                .leaf(call -> {
                                    for (int i = 0; i < 1_000; i++) {
                                        call.taskContext().emit(i);
                                    }
                                    return "told";
                                }))
                        .join();
            }
            return calls.task("reads", input, s -> {
                        int heard = 0;
                        try (RunStream<String> stream = lab.workflow().stream("below", another(), StreamMode.CUSTOM)) {
                            for (StreamEvent event : stream) {
                                heard += event.mode() == StreamMode.CUSTOM ? 1 : 0;
                            }
                            return stream.result().value() + heard;
                        }
                    })
                    .join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("told1000");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLeafThatIsCancelledWhileItWaitsTakesNoPermitWithIt(Durability durability) throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        Lab lab = lab(durability).options(graph -> graph.maxConcurrency(1));
        lab.body((input, calls, run) -> switch (input) {
            case "below" ->
                calls.task("gate", input, s -> {
                            waits.countDown();
                            open.await();
                            return s;
                        })
                        .join();
            case "above" ->
                calls.task(
                                "leaf",
                                input,
                                s -> lab.workflow().invoke("below", another()).value())
                        .join();
            default -> calls.task("simple", input, s -> s).join();
        });
        CompletableFuture<RunResult<String>> above = lab.workflow().invokeAsync("above", T);
        await(waits);

        lab.workflow().cancel("t");

        assertThatThrownBy(above::join).hasCauseInstanceOf(WorkflowCancelledException.class);
        open.countDown();
        assertThat(lab.workflow().invoke("one", another()).value()).isEqualTo("one");
        assertThat(lab.workflow().invoke("two", another()).value()).isEqualTo("two");
        assertThat(lab.workflow().state("t").status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void waitingForAPermitDoesNotCountAgainstATimeout(Durability durability) throws Exception {
        CountDownLatch below = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        SteppedWorld world = new SteppedWorld();
        Lab lab = lab(durability, world)
                .options(graph -> LabGraph.lease(graph, Duration.ofHours(1))
                        .maxConcurrency(1)
                        .world(world));
        lab.body((input, calls, run) -> switch (input) {
            case "blocks" ->
                calls.task("blocks", input, s -> {
                            taken.countDown();
                            open.await();
                            return s;
                        })
                        .join();
            case "below" -> {
                below.countDown();
                await(goOn);
                yield input;
            }
            default ->
                calls.task(
                                "leaf",
                                t -> t.timeout(Duration.ofSeconds(10)),
                                input,
                                s -> lab.workflow().invoke("below", another()).value())
                        .join();
        });

        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("in", T);
        await(below);
        CompletableFuture<RunResult<String>> blocks = lab.workflow().invokeAsync("blocks", another());
        await(taken);
        goOn.countDown();
        // Its alarm is off once it waits for its permit.
        Eventually.until(() -> world.alarms() == 0);
        world.advance(Duration.ofSeconds(60));
        open.countDown();

        assertThat(result.get().value()).isEqualTo("below");
        assertThat(blocks.get().value()).isEqualTo("blocks");
    }
}
