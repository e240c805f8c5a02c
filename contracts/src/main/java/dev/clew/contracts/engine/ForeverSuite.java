package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.LabGraph;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Retention;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenBusy;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A duration that means "for ever" works wherever a duration is given, however long it is. */
@Timeout(30)
public abstract class ForeverSuite extends TaskSuite {
    private static final List<Duration> FOREVER = List.of(
            Duration.ofDays(365_000),
            Duration.ofDays(365_000_000_000L),
            Duration.ofSeconds(Long.MAX_VALUE),
            ChronoUnit.FOREVER.getDuration());
    private static final InterruptKey<String, String> KEY = InterruptKey.of("key", String.class, String.class);

    /** A place where a duration enters, and what a run does there; it returns "in". */
    enum Place {
        PARK_AFTER,
        CLOSE_TIMEOUT,
        STREAM_STALL,
        RECOVER_EVERY,
        RETAIN_EVERY,
        LEASE,
        TIMER,
        JOIN,
        TIMEOUT,
        IDLE_TIMEOUT,
        ENTRYPOINT_TIMEOUT,
        TIME_TO_LIVE_OF_A_RESULT,
        SCOPES_TIMEOUT
    }

    static List<Arguments> everywhere() {
        List<Arguments> all = new ArrayList<>();
        for (Place place : Place.values()) {
            FOREVER.forEach(forever -> all.add(Arguments.of(place, forever)));
        }
        return all;
    }

    static List<Duration> forever() {
        return FOREVER;
    }

    private static dev.clew.GraphBuilder<LabGraph> option(
            dev.clew.GraphBuilder<LabGraph> graph, Place place, Duration forever) {
        return switch (place) {
            case PARK_AFTER -> graph.parkAfter(forever);
            case CLOSE_TIMEOUT -> graph.closeTimeout(forever);
            case STREAM_STALL -> graph.streamStall(forever);
            case RECOVER_EVERY -> graph.recoverEvery(forever);
            case RETAIN_EVERY -> graph.retainEvery(forever, Retention.keepFor(forever));
            case LEASE -> LabGraph.lease(graph, forever);
            default -> graph;
        };
    }

    private static String use(String input, Lab.Calls calls, dev.clew.flow.Run run, Place place, Duration forever) {
        return switch (place) {
            case TIMER -> {
                TaskFuture<String> task = calls.task("task", input, s -> s);
                TaskFuture.anyOf(List.of(task, run.timer(forever)));
                yield task.join();
            }
            case JOIN -> calls.task("task", input, s -> s).join(forever);
            case TIMEOUT ->
                calls.task("task", t -> t.timeout(forever), input, s -> s).join();
            case IDLE_TIMEOUT ->
                calls.task("task", t -> t.idleTimeout(forever), input, s -> s).join();
            case SCOPES_TIMEOUT ->
                calls.scope(
                                "scope",
                                t -> t.timeout(forever),
                                input,
                                (s, c, r) -> c.task("task", s, x -> x).join())
                        .join();
            case TIME_TO_LIVE_OF_A_RESULT ->
                calls.task("task", t -> t.cache(CachePolicy.of("1").ttl(forever)), input, s -> s)
                        .join();
            default -> calls.task("task", input, s -> s).join();
        };
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRunCompletesPausesAndItsGraphCloses(Place place, Duration forever) throws Exception {
        Lab lab = lab(Durability.SYNC)
                .options(graph -> option(graph.cache(TaskCache.inMemory()), place, forever))
                .body(
                        spec -> place == Place.ENTRYPOINT_TIMEOUT ? spec.timeout(forever) : spec,
                        (input, calls, run) -> use(input, calls, run, place, forever) + pause(run));

        assertThat(paused(lab.workflow().invoke("in", T))).isTrue();
        assertThat(resume(lab)).isEqualTo("inon");
        lab.graph().recover();
        lab.close();
    }

    @ParameterizedTest
    @MethodSource("forever")
    void aSleepIsParkedOrClosedAndCanBeCancelled(Duration forever) throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            run.sleep(forever);
            return input;
        });
        lab.workflow().invokeAsync("in", T);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        lab.restart();
        lab.graph().recover();

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.SLEEPING);
        assertThat(lab.workflow().cancel("t")).isTrue();
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    @ParameterizedTest
    @MethodSource("forever")
    void aSleepThatStaysInMemoryForEverDoesNotKeepAGraphOpen(Duration forever) throws Exception {
        Lab lab = lab(Durability.SYNC)
                .options(graph -> graph.parkAfter(forever).closeTimeout(forever))
                .body((input, calls, run) -> {
                    run.sleep(forever);
                    return input;
                });
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("in", T);
        Eventually.until(() -> !lab.workflow().state(T).steps().isEmpty());

        lab.close();

        Eventually.until(result::isDone);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.SLEEPING);
    }

    @ParameterizedTest
    @MethodSource("forever")
    void aQuestionMayStayOpenForEver(Duration forever) throws Exception {
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> run.interrupt(KEY, "?", forever).orElse("late"));

        assertThat(paused(lab.workflow().invoke("in", T))).isTrue();
        assertThat(resume(lab)).isEqualTo("on");
    }

    @ParameterizedTest
    @MethodSource("forever")
    void aCallerMayWaitForABusyThreadForEver(Duration forever) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) ->
                        calls.task("task", input, gate::pass).join());
        CompletableFuture<RunResult<String>> first = lab.workflow().invokeAsync("first", T);
        gate.awaitArrival();
        CompletableFuture<RunResult<String>> second =
                lab.workflow().invokeAsync("second", T.whenBusy(WhenBusy.waitUpTo(forever)));
        gate.open();

        assertThat(first.get().value()).isEqualTo("first");
        assertThat(second.get().value()).isEqualTo("second");
    }

    @ParameterizedTest
    @MethodSource("forever")
    void aBackOffMayLastForEver(Duration forever) throws Exception {
        RetryPolicy later = RetryPolicy.builder()
                .initialInterval(forever)
                .maxInterval(forever)
                .build();
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.task("task", t -> t.retry(later), input, s -> {
                            throw new IOException("no");
                        })
                        .join());
        lab.workflow().invokeAsync("in", T);

        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void retentionTakesAnyMoment(String moment) throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> input);
        lab.workflow().invoke("in", T);

        assertThat(lab.graph().deleteOlderThan(Instant.parse(moment))).isZero();
        assertThat(lab.workflow().state(T).value()).isEqualTo("in");
    }

    @ParameterizedTest
    @MethodSource("forever")
    void aClaimMayHoldForEver(Duration forever) throws Exception {
        Checkpointer store = newStore();
        Lab first = opened(new Lab(store, Durability.SYNC))
                .options(graph -> LabGraph.lease(graph, forever))
                .body((input, calls, run) -> input);

        assertThat(first.workflow().invoke("a", T).value()).isEqualTo("a");
        assertThat(first.workflow().invoke("b", RunConfig.thread("u")).value()).isEqualTo("b");
    }
}
