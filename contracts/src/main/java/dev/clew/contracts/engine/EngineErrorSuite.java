package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.GraphBuilder;
import dev.clew.LabGraph;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.Stores;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Nightly;
import dev.clew.contracts.lab.Tripwire;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.stream.StreamMode;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An error on the engine's side hangs nobody. One program is run again and again; each time another call of a part of the
 * graph throws. The caller hears of it, the thread has no owner afterwards, and a fresh graph comes to the same result.
 */
@Timeout(300)
public abstract class EngineErrorSuite extends EngineSuite {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final String EXPECTED = "[A, B, C][inner:D][E-child][slept][raced][yes]";
    private static final RunConfig JOB = T.runId("job");

    private static final int FEW = 6;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The parts of a graph that call code from outside the engine. */
    enum Part {
        CODEC,
        STORE,
        CACHE,
        CACHE_KEY,
        LISTENER,
        DECORATOR,
        EXECUTOR
    }

    static List<Arguments> everyPart() {
        return java.util.Arrays.stream(Part.values())
                .flatMap(part -> java.util.Arrays.stream(Durability.values()).map(mode -> Arguments.of(part, mode)))
                .toList();
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("everyPart")
    void anErrorAtAnyCallHangsNobodyAndLosesNothing(Part part, Durability durability) throws Throwable {
        int errors = 0;
        boolean more = true;
        for (int at = 1; more; at += at < FEW ? 1 : stride(part, durability)) {
            more = trial(part, durability, at);
            errors += more ? 1 : 0;
        }
        assertThat(errors).as("calls of %s that threw", part).isGreaterThan(1);
    }

    /**
     * Every call of the store, and every call in SYNC mode. The other parts do not see the mode: after the first few calls
     * it is each fourth one, and every one in the nightly build.
     */
    private static int stride(Part part, Durability durability) {
        return part == Part.STORE || durability == Durability.SYNC || Nightly.isOn() ? 1 : 4;
    }

    /** False if the program came to its end without the call of this number. */
    private boolean trial(Part part, Durability durability, int at) throws Throwable {
        // Closed at once, because there are hundreds.
        try (Stores place = newStores(Clock.systemUTC())) {
            return trial(part, durability, at, place.checkpointer());
        }
    }

    private boolean trial(Part part, Durability durability, int at, Checkpointer store) throws Throwable {
        String where = part + " at call " + at + " in " + durability;
        Error error = at % 2 == 0 ? new AssertionError("injected") : new NoClassDefFoundError("injected");
        Tripwire wire = new Tripwire(at, error);
        Checkpointer seen = part == Part.STORE ? wire.on(store) : store;
        LabGraph graph = graph(seen, part, wire, durability);
        try {
            Workflow<String, String> workflow = graph.add(program(graph, part == Part.CACHE_KEY ? wire : NO_WIRE));
            String value = null;
            try {
                value = run(workflow);
            } catch (HangingException hangs) {
                throw new HangingException(where + ": " + store.thread("t"), hangs);
            } catch (Throwable failure) {
                assertThat(chain(failure)).as(where).anyMatch(told -> told == error || refuses(told, error));
            }
            if (!wire.tripped()) {
                assertThat(value).as(where).isEqualTo(EXPECTED);
                return false;
            }
            Eventually.until(() -> store.thread("t").map(ThreadRecord::lease).isEmpty());
        } finally {
            within(where + ": close()", () -> {
                graph.close();
                return true;
            });
        }
        try (LabGraph fresh = graph(store, null, NO_WIRE, durability)) {
            Workflow<String, String> workflow = fresh.add(program(fresh, NO_WIRE));
            assertThat(within(where + ": the run of a fresh graph", () -> run(workflow)))
                    .as(where)
                    .isEqualTo(EXPECTED);
        }
        return true;
    }

    private static final Tripwire NO_WIRE = new Tripwire(0, new AssertionError());

    private LabGraph graph(Checkpointer store, Part part, Tripwire wire, Durability durability) {
        TaskCache cache = TaskCache.inMemory();
        GraphBuilder<LabGraph> builder = LabGraph.builder()
                .checkpointer(store)
                .durability(durability)
                .parkAfter(Duration.ofMillis(1))
                .cache(part == Part.CACHE ? wire.on(cache) : cache)
                .codec(part == Part.CODEC ? wire.on(JsonCodec.standard()) : JsonCodec.standard());
        if (part == Part.LISTENER) {
            builder.listener(wire.listener());
        } else if (part == Part.DECORATOR) {
            builder.taskDecorator(wire.decorator());
        } else if (part == Part.EXECUTOR) {
            builder.executor(wire.on(threads));
        }
        return builder.build();
    }

    // --- the program ---

    private static WorkflowSpec<String, String> program(LabGraph graph, Tripwire key) {
        WorkflowSpec<String, String> child = WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .body(call -> shout(call.scope(), "e", call.arg(0)).join() + "-child");
        return WorkflowSpec.of("Lab.run", TEXT, TEXT).body(call -> {
            var scope = call.scope();
            List<TaskFuture<String>> all =
                    List.of(cached(scope, "a", key), retried(scope, "b"), shout(scope, "c", "c"));
            String shouted = TaskFuture.allOf(all).toString();
            String inner = scope.call(TaskSpec.of("scope", TEXT)
                            .method("Lab", "scope()")
                            .scope(below -> {
                                below.run().sleep(Duration.ofMillis(1));
                                return "[inner:"
                                        + cached(below.scope(), "d", key).join() + "]";
                            }))
                    .join();
            String born = "[" + scope.child(child, "e").join() + "]";
            Run run = call.run();
            run.sleep(Duration.ofMillis(3));
            TaskFuture<?> timer = run.timer(Duration.ofMillis(2));
            TaskFuture<?> late = run.timer(Duration.ofMinutes(2));
            TaskFuture.anyOf(List.of(timer, late)).join();
            late.cancel();
            return shouted + inner + born + "[slept][raced][" + run.interrupt(TaskSuite.GO, "go?") + "]";
        });
    }

    private static TaskFuture<String> shout(dev.clew.spi.Scope scope, String name, String text) {
        return scope.call(
                TaskSpec.of(name, TEXT)
                        .method("Lab", name + "(String)")
                        .parameter("text", TEXT)
                        .leaf(call -> call.<String>arg(0).toUpperCase(java.util.Locale.ROOT)),
                text);
    }

    private static TaskFuture<String> cached(dev.clew.spi.Scope scope, String name, Tripwire key) {
        return scope.call(
                TaskSpec.of(name, TEXT)
                        .method("Lab", name + "(String)")
                        .parameter("text", TEXT)
                        .cache(CachePolicy.of("1"))
                        .cacheKey(arguments -> key.on(arguments[0]))
                        .leaf(call -> call.<String>arg(0).toUpperCase(java.util.Locale.ROOT)),
                name);
    }

    private static TaskFuture<String> retried(dev.clew.spi.Scope scope, String name) {
        return scope.call(TaskSpec.of(name, TEXT)
                .method("Lab", name + "()")
                .retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .initialInterval(Duration.ofMillis(1))
                        .jitter(false)
                        .build())
                .leaf(call -> {
                    if (call.taskContext().attempt() == 1) {
                        throw new IOException("not yet");
                    }
                    return name.toUpperCase(java.util.Locale.ROOT);
                }));
    }

    // --- its caller ---

    /** Runs the program from wherever it is to its end, with a reader of all its events. */
    private String run(Workflow<String, String> workflow) throws Exception {
        RunResult<String> result = heard(() -> workflow.stream("in", JOB, StreamMode.values()));
        for (int turn = 0; turn < 3 && result instanceof RunResult.Interrupted<String>; turn++) {
            result = heard(() -> workflow.stream(Command.resume("yes"), T, StreamMode.values()));
        }
        return result.value();
    }

    private RunResult<String> heard(java.util.function.Supplier<RunStream<String>> begin) throws Exception {
        return within("the run", () -> begin.get().hear(event -> {}).get());
    }

    /** The result of this, on another thread, unless it takes so long that it must hang. */
    private static <T> T within(String what, java.util.concurrent.Callable<T> call) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Throwable failed) {
                result.completeExceptionally(failed);
            }
        });
        caller.setDaemon(true);
        caller.start();
        try {
            return result.get(30, TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            throw new HangingException(what + " hangs" + allThreads(), hangs);
        }
    }

    /** What every thread of this process does, for whoever looks into a hang. */
    private static String allThreads() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            text.append("\n").append(thread).append(' ').append(thread.getState());
            for (StackTraceElement frame : frames) {
                text.append("\n    at ").append(frame);
            }
        });
        return text.toString();
    }

    private static final class HangingException extends Exception {
        HangingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What goes wrong while a question takes its answer is a refusal of that answer; the question stays open. */
    private static boolean refuses(Throwable told, Error error) {
        return told instanceof AnswerRefusedException
                && String.valueOf(told.getMessage()).contains(error.getClass().getName());
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new java.util.ArrayList<>();
        for (Throwable next = failure; next != null && !chain.contains(next); next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }
}
