package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.Operator;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.state.LoggedStep;
import dev.clew.state.StepState;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The state of a run tells when each step began and ended. */
@Timeout(20)
public abstract class StepTimesSuite extends EngineSuite {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private StepState step(Lab lab, String path) {
        return lab.workflow().state(T).step(path).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void leafBeginsWithItsAttemptAndEndsWithItsOutcome(Durability durability) throws Exception {
        AtomicReference<Instant> inside = new AtomicReference<>();
        SteppedWorld world = new SteppedWorld();
        Checkpointer store = newStore(world);
        Lab lab = opened(new Lab(store, durability))
                .options(graph -> graph.world(world))
                .body((input, calls, run) -> calls.task("work", input, s -> {
                            world.advance(Duration.ofSeconds(1));
                            inside.set(world.now());
                            world.advance(Duration.ofSeconds(1));
                            return s;
                        })
                        .join());

        lab.workflow().invoke("x", T);

        StepState work = step(lab, "task:work#1");
        LoggedStep logged = opened(Operator.of(store)).log("t").get(0);
        assertThat(work.startedAt()).isBefore(inside.get());
        assertThat(work.endedAt().orElseThrow()).isAfter(inside.get());
        assertThat(logged.since()).isEqualTo(work.startedAt());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void retriedLeafBeginsWithItsFirstAttempt(Durability durability) throws Exception {
        RetryPolicy later =
                RetryPolicy.builder().maxAttempts(2).initialInterval(PAUSE).build();
        AtomicInteger attempts = new AtomicInteger();
        Lab lab = opened(new Lab(newStore(), durability))
                .body((input, calls, run) -> calls.task("flaky", task -> task.retry(later), input, s -> {
                            if (attempts.incrementAndGet() == 1) {
                                throw new IOException("the first attempt fails");
                            }
                            return s;
                        })
                        .join());

        lab.workflow().invoke("x", T);

        StepState flaky = step(lab, "task:flaky#1");
        assertThat(flaky.attempts()).isEqualTo(2);
        assertThat(Duration.between(flaky.startedAt(), flaky.at())).isGreaterThanOrEqualTo(PAUSE);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void questionBeginsWhenItIsAskedAndEndsWhenItIsAnswered(Durability durability) throws Exception {
        Lab lab = opened(new Lab(newStore(), durability)).body((input, calls, run) -> (String) run.interrupt(input));
        lab.workflow().invoke("who?", T);
        StepState open = lab.workflow().state(T).steps().get(0);

        lab.workflow().invoke(Command.resume("Ada"), T);

        StepState answered = lab.workflow().state(T).steps().get(0);
        assertThat(open.startedAt()).isEqualTo(open.at());
        assertThat(open.endedAt()).isEmpty();
        assertThat(answered.startedAt()).isEqualTo(open.startedAt());
        assertThat(answered.endedAt()).contains(answered.at());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void resultFromTheCacheHasNoBeginning(Durability durability) throws Exception {
        TaskCache cache = TaskCache.inMemory();
        Lab lab = opened(new Lab(newStore(), durability))
                .options(graph -> graph.cache(cache))
                .body((input, calls, run) -> calls.task("slow", task -> task.cache(CachePolicy.of("1")), input, s -> s)
                        .join());
        lab.workflow().invoke("x", RunConfig.thread("before"));

        lab.workflow().invoke("x", T);

        assertThat(step(lab, "task:slow#1").cached()).isTrue();
        assertThat(step(lab, "task:slow#1").startedAt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void cancelledLeafBeganWithItsAttempt(Durability durability) throws Exception {
        AtomicReference<Instant> inside = new AtomicReference<>();
        Lab lab = opened(new Lab(newStore(), durability)).body((input, calls, run) -> race(calls, inside));

        lab.workflow().invoke("x", T);

        StepState loser = step(lab, "task:slow#1");
        assertThat(loser.status()).isEqualTo(StepState.Status.CANCELLED);
        assertThat(loser.startedAt()).isBeforeOrEqualTo(inside.get());
    }

    private static String race(Lab.Calls calls, AtomicReference<Instant> inside) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskFuture<String> slow = calls.task("slow", "", s -> {
            inside.set(now());
            begun.countDown();
            never.await();
            return s;
        });
        TaskFuture<String> fast = calls.task("fast", "won", s -> {
            begun.await();
            return s;
        });
        return TaskFuture.anyOf(slow, fast).join();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void beginningsAreCopiedWithTheThread(Durability durability) throws Exception {
        Lab lab = opened(new Lab(newStore(), durability))
                .body((input, calls, run) -> calls.task("work", input, s -> s).join());
        lab.workflow().invoke("x", T);

        lab.graph().copyThread("t", "copy");

        assertThat(lab.workflow().state("copy").steps())
                .isEqualTo(lab.workflow().state(T).steps());
    }
}
