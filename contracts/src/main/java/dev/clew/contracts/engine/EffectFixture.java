package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.OnNonDeterminism;
import dev.clew.contracts.lab.Lab;
import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** A bank, tasks that pay there once, and workflows around them. */
abstract class EffectFixture extends EngineSuite {
    /** Says that nothing was booked. */
    public static final class Declined extends Exception {
        static final long serialVersionUID = 1L;

        public Declined(String why) {
            super(why);
        }
    }

    static final TypeRef<String> TEXT = TypeRef.of(String.class);
    static final InterruptKey<UnknownOutcome, Resolution<String>> OUTCOME =
            InterruptKey.of("pay.outcome", TypeRef.of(UnknownOutcome.class), new TypeRef<Resolution<String>>() {});

    /** The outside world: what was booked, by effect id. */
    final Map<String, String> booked = new ConcurrentHashMap<>();

    /** Each beginning of the body, by attempt and effect id. */
    final List<String> begun = new CopyOnWriteArrayList<>();

    int asked;
    int sends;

    /** A body. */
    @FunctionalInterface
    interface Pay {
        String pay(String amount, TaskContext context) throws Exception;
    }

    String book(String amount, TaskContext context) {
        String before = booked.putIfAbsent(context.effectId(), "receipt of " + amount);
        assertThat(before).as("booked twice").isNull();
        return "receipt of " + amount;
    }

    Once<String> once(UnaryOperator<TaskSpec.Builder<String>> policies, Pay body) {
        return Once.of(
                policies.apply(TaskSpec.of("pay", TEXT)
                                .method("Bank", "pay(java.lang.String)")
                                .parameter("amount", TEXT))
                        .leaf(call -> {
                            TaskContext context = call.taskContext();
                            begun.add(context.attempt() + " " + context.effectId());
                            return body.pay(call.<String>arg(0), context);
                        }),
                OUTCOME);
    }

    Once<String> once(Pay body) {
        return once(UnaryOperator.identity(), body);
    }

    Once<String> reconciled(Once<String> once) {
        return once.settle(Duration.ZERO).reconcile(new TypeRef<Optional<String>>() {}, call -> {
            asked++;
            return Optional.ofNullable(booked.get(call.taskContext().effectId()));
        });
    }

    static Lab.Body paying(Once<String> once) {
        TaskSpec<String> pay = once.spec();
        return (input, calls, run) -> {
            String drawn = calls.task("draw", input, s -> s + "!").join();
            return calls.raw().call(pay, drawn).join();
        };
    }

    static String effectId(String run) {
        return "t/" + run + "/task:pay#1";
    }

    static final RunConfig RUN = T.runId("r");

    Lab dying(Durability durability, Once<String> once, CountDownLatch reached) throws Exception {
        Lab lab = lab(durability).body(paying(once));
        lab.workflow().invokeAsync("5", RUN);
        reached.await();
        return lab.crash();
    }

    @SuppressWarnings("unchecked") // the lab has one workflow
    static RunResult<String> recovered(Lab lab) {
        return (RunResult<String>) lab.graph().recover().run("t").orElseThrow().join();
    }

    static PendingInterrupt<UnknownOutcome, Resolution<String>> question(RunResult<String> result) {
        assertThat(result).isInstanceOf(RunResult.Interrupted.class);
        return ((RunResult.Interrupted<String>) result).all(OUTCOME).get(0);
    }

    static TaskSpec.Builder<String> threeTimes(TaskSpec.Builder<String> spec) {
        return spec.retry(RetryPolicy.builder()
                .maxAttempts(3)
                .initialInterval(Duration.ofMillis(1))
                .retryOn(Declined.class)
                .build());
    }

    Lab asking() throws Exception {
        Once<String> once = once((amount, context) -> {
            if (context.attempt() == 1) {
                throw new IOException("no answer");
            }
            return book(amount, context);
        });
        return lab(Durability.ASYNC).body(paying(once));
    }

    /** Fails after it has paid; its next attempt does something else. */
    Lab changing(Once<String> once, boolean warns, Lab.Body later) throws Exception {
        TaskSpec<String> pay = once.spec();
        return lab(Durability.SYNC)
                .options(graph -> warns ? graph.onNonDeterminism(OnNonDeterminism.WARN) : graph)
                .body((input, calls, run) -> calls.scope(
                                "order",
                                spec -> spec.retry(RetryPolicy.builder()
                                        .maxAttempts(2)
                                        .initialInterval(Duration.ofMillis(1))
                                        .build()),
                                input,
                                (s, inner, r) -> {
                                    String check = "";
                                    try {
                                        check = inner.task("check", s, text -> {
                                                    if (sends++ == 0) {
                                                        throw new IOException("once");
                                                    }
                                                    return text;
                                                })
                                                .join();
                                    } catch (TaskFailedException handled) {
                                        inner.raw().call(pay, "100").join();
                                        throw handled;
                                    }
                                    return later.run(check, inner, r);
                                })
                        .join());
    }
}
