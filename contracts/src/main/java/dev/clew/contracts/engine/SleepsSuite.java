package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sleeps, timers and deadlines: they hold no thread and no claim, and survive whoever set them. */
public abstract class SleepsSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Duration SHORT = Duration.ofMillis(600);

    private final Gate asleep = new Gate();
    private Checkpointer store;

    /** A laboratory whose every wait unwinds the body. */
    private Lab parking(Durability durability) throws Exception {
        store = newStore();
        return parking(store, durability);
    }

    private Lab parking(Checkpointer over, Durability durability) {
        return opened(new Lab(over, durability))
                .options(options -> options.parkAfter(Duration.ZERO).listener(asleep.onSleep()));
    }

    /** Each sleep relays its result to the one before; whether a caller is there must not cost twice as much with each. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void runThatNobodyWaitsForSleepsManyTimes(Durability durability) throws Exception {
        Lab lab = parking(durability).body((input, calls, run) -> {
            for (int i = 0; i < 60; i++) {
                run.sleep(Duration.ofMillis(1));
            }
            throw new IllegalStateException("slept enough");
        });

        lab.workflow().invokeAsync("x", T);

        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.FAILED);
    }

    /** The scope that sleeps does not run again when the body does; its timer is what the run sleeps for all the same. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void runWakesForTheTimerOfAScopeThatRestsAsBefore(Durability durability) throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        Lab lab = parking(durability).body((input, calls, run) -> {
            bodies.incrementAndGet();
            TaskFuture<String> sleeping = calls.scope("a", input, (text, inner, r) -> {
                r.sleep(Duration.ofHours(1));
                return text;
            });
            String name = run.interrupt(NAME, "?");
            return sleeping.join() + name;
        });
        lab.workflow().invoke("x", T);

        lab.workflow().invokeAsync(Command.resume("y"), T);

        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        Instant wakeAt = lab.graph().threads(ThreadQuery.all()).get(0).wakeAt().orElseThrow();
        assertThat(wakeAt).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
        assertThat(bodies).hasValue(2);
    }

    /** A run that is not stored cannot be parked. */
    @Test
    void sleepsInMemoryHoweverLongTheWaitIsWithoutACheckpointer() throws Exception {
        SteppedWorld world = new SteppedWorld();
        AtomicInteger attempts = new AtomicInteger();
        RetryPolicy late = RetryPolicy.builder()
                .initialInterval(Duration.ofHours(1))
                .maxInterval(Duration.ofHours(1))
                .jitter(false)
                .build();
        Lab lab = opened(new Lab(null, Durability.ASYNC))
                .options(graph -> graph.parkAfter(Duration.ofMillis(1)).world(world))
                .body((input, calls, run) -> {
                    run.sleep(Duration.ofDays(1));
                    TaskFuture<?> timer = run.timer(Duration.ofDays(2));
                    TaskFuture.anyOf(List.of(timer, run.timer(Duration.ofDays(9))));
                    return calls.task("late", t -> t.retry(late), input, s -> {
                                if (attempts.incrementAndGet() == 1) {
                                    throw new IOException("not yet");
                                }
                                return s + "!";
                            })
                            .join();
                });

        var result = lab.workflow().invokeAsync("x", RunConfig.none());
        Eventually.until(() -> {
            world.advance(Duration.ofHours(1));
            return result.isDone();
        });

        assertThat(result.get().value()).isEqualTo("x!");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aSleeperThatIsNotStoredIsNotSentToRecoverWhenItsGraphCloses() throws Exception {
        Gate begun = new Gate();
        Lab lab = opened(new Lab(null, Durability.ASYNC))
                .options(graph -> graph.closeTimeout(Duration.ofSeconds(1)))
                .body((input, calls, run) -> {
                    calls.task("task", input, begun::pass).join();
                    run.sleep(Duration.ofDays(1));
                    return input;
                });
        var result = lab.workflow().invokeAsync("x", RunConfig.none());
        begun.awaitArrival();
        begun.open();

        lab.close();

        assertThatThrownBy(result::get)
                .cause()
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("nothing of it is stored")
                .hasMessageNotContaining("recover()");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void sleepsInMemoryWhenTheWaitIsShort(Durability durability) throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        Lab lab = lab(durability).body((input, calls, run) -> {
            bodies.incrementAndGet();
            Instant before = run.now();
            run.sleep(SHORT);
            return String.valueOf(Duration.between(before, run.now()).compareTo(SHORT) >= 0);
        });

        assertThat(lab.workflow().invoke("x", T).value()).isEqualTo("true");
        assertThat(bodies).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void wakesInARunThatFailedBefore(Durability durability) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Lab lab = parking(durability).body((input, calls, run) -> {
            calls.task("fails", input, s -> String.valueOf(1 / tries.getAndIncrement()))
                    .join();
            run.sleep(SHORT);
            return "awake";
        });
        assertThatThrownBy(() -> lab.workflow().invoke("x", T)).isInstanceOf(WorkflowFailedException.class);

        var waiting = lab.workflow().invokeAsync(Command.proceed(), T);

        assertThat(waiting.get(10, TimeUnit.SECONDS).value()).isEqualTo("awake");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whoFollowsARunThatAnotherGraphWokeWaitsForIt(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = parking(durability).body((input, calls, run) -> {
            run.sleep(SHORT);
            return calls.task("late", input, s -> gate.pass(s)).join();
        });
        RunConfig named = T.runId("r");
        var here = lab.workflow().invokeAsync("x", named);
        gate.awaitArrival();

        var there = parking(new ForwardingCheckpointer(store), durability)
                .spec(lab.spec())
                .workflow()
                .invokeAsync("x", named);
        Thread.sleep(10);
        gate.open();

        assertThat(there.get(10, TimeUnit.SECONDS).value()).isEqualTo("x");
        assertThat(here.get(10, TimeUnit.SECONDS).value()).isEqualTo("x");
        assertThat(lab.ran("late")).isEqualTo(1);
    }

    @Test
    void closingEndsTheWaitOfWhoFollowsOrFindsTheThreadBusy() throws Exception {
        Gate gate = new Gate();
        Lab lab = parking(Durability.SYNC)
                .body((input, calls, run) ->
                        calls.task("long", input, gate::pass).join());
        RunConfig named = T.runId("r");
        var here = lab.workflow().invokeAsync("x", named);
        gate.awaitArrival();
        Lab other = parking(new ForwardingCheckpointer(store), Durability.SYNC).spec(lab.spec());
        var follows = other.workflow().invokeAsync("x", named);
        var waits = other.workflow().invokeAsync("y", T.whenBusy(WhenBusy.waitUpTo(Duration.ofHours(1))));

        other.close();

        assertThatThrownBy(() -> follows.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> waits.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ClewException.class);
        gate.open();
        assertThat(here.get(10, TimeUnit.SECONDS).value()).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void unwindsTheBodyForALongSleepWhileTheCallerGoesOnWaiting(Durability durability) throws Exception {
        List<Instant> times = new CopyOnWriteArrayList<>();
        Lab lab = parking(durability).body((input, calls, run) -> {
            String made = calls.task("before", input, s -> s + "!").join();
            Instant before = run.now();
            run.sleep(SHORT);
            times.add(run.now());
            assertThat(run.now()).isAfterOrEqualTo(before.plus(SHORT));
            return made;
        });

        var waiting = lab.workflow().invokeAsync("x", T);
        asleep.awaitArrival();

        assertThat(waiting.get(10, TimeUnit.SECONDS).value()).isEqualTo("x!");
        assertThat(times).hasSize(1);
        assertThat(lab.ran("before")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void losesNoSleepWhenItsGraphIsClosed(Durability durability) throws Exception {
        SteppedWorld[] world = {new SteppedWorld()};
        Lab lab = lab(durability, world[0])
                .options(graph -> LabGraph.lease(graph, SteppedWorld.LEASE)
                        .parkAfter(Duration.ZERO)
                        .listener(asleep.onSleep())
                        .world(world[0]))
                .body((input, calls, run) -> {
                    run.sleep(Duration.ofMinutes(5));
                    return calls.task("after", input, s -> s + "!").join();
                });
        RunConfig named = T.runId("r");
        var lost = lab.workflow().invokeAsync("x", named);
        asleep.awaitArrival();
        world[0] = new SteppedWorld(world[0].clock());
        lab.restart();

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.SLEEPING);
        assertThatThrownBy(() -> lost.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RequestRefusedException.class);
        var found = lab.workflow().invokeAsync("x", named);
        Eventually.until(() -> {
            world[0].advance(Duration.ofMinutes(5));
            return found.isDone();
        });
        assertThat(found.get().value()).isEqualTo("x!");
        assertThat(lab.ran("after")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void goesOnWithoutAnAnswerAfterTheDeadline(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            var answer = run.interrupt(NAME, "who?", SHORT);
            assertThat(run.interrupt(NAME, "still?", Duration.ofDays(7))).isPresent();
            return answer + " " + calls.task("after", input, s -> s + "!").join();
        });

        var pause = (Interrupted<String>) lab.workflow().invoke("x", T);
        Instant deadline = pause.only(NAME).deadline().orElseThrow();
        assertThat(lab.workflow().state(T).wakeAt()).isEqualTo(deadline);
        Eventually.until(() -> lab.workflow().state(T).pending().stream()
                        .anyMatch(q -> q.value().equals("still?"))
                && lab.workflow().state(T).status() == ThreadStatus.INTERRUPTED);

        assertThat(Instant.now()).isAfter(deadline);
        assertThat(lab.restart().workflow().invoke(Command.resume("me"), T).value())
                .isEqualTo("Optional.empty x!");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void takesAnAnswerBeforeTheDeadlineAndForgetsTheAlarm(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            var answer = run.interrupt(NAME, "who?", Duration.ofHours(1));
            return answer + run.interrupt(NAME, "and?");
        });
        lab.workflow().invoke("x", T);

        var next = (Interrupted<String>) lab.workflow().invoke(Command.resume("A"), T);

        assertThat(next.only(NAME).value()).isEqualTo("and?");
        assertThat(lab.workflow().state(T).wakeAt()).isNull();
        assertThat(lab.workflow().invoke(Command.resume("B"), T).value()).isEqualTo("Optional[A]B");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void lapsesAQuestionWhoseDeadlinePassedWhileNoGraphWasThere(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> r.interrupt(NAME, "side?"));
            return run.interrupt(NAME, "who?", Duration.ofMillis(300)) + side.join();
        });
        var pause = (Interrupted<String>) lab.workflow().invoke("x", T);
        Instant deadline = pause.all(NAME).stream()
                .flatMap(question -> question.deadline().stream())
                .findFirst()
                .orElseThrow();
        lab.restart();
        Eventually.until(() -> !Instant.now().isBefore(deadline));
        var side = pause.all(NAME).stream()
                .filter(q -> q.value().equals("side?"))
                .findFirst()
                .orElseThrow();

        assertThat(lab.workflow().invoke(side.answer("S"), T).value()).isEqualTo("Optional.emptyS");
        assertThat(lab.ran("side")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void racesATimerWithATask(Durability durability) throws Exception {
        SteppedWorld[] world = {new SteppedWorld()};
        Lab lab = lab(durability, world[0])
                .options(graph -> graph.parkAfter(Duration.ofMillis(1)).world(world[0]))
                .body((input, calls, run) -> {
                    TaskFuture<Void> timer = run.timer(Duration.ofMinutes(5));
                    TaskFuture<String> asking = calls.scope("ask", input, (in, c, r) -> r.interrupt(NAME, "who?"));
                    TaskFuture.anyOf(List.of(asking, timer)).join();
                    boolean late = asking.cancel();
                    return late + run.interrupt(NAME, "now?");
                });
        var pause = (Interrupted<String>) lab.workflow().invoke("x", T);
        assertThat(pause.only(NAME).value()).isEqualTo("who?");
        world[0].advance(Duration.ofMinutes(5));
        Eventually.until(() -> lab.workflow().state(T).pending().stream()
                        .anyMatch(q -> q.value().equals("now?"))
                && lab.workflow().state(T).status() == ThreadStatus.INTERRUPTED);

        lab.close();
        world[0] = new SteppedWorld(world[0].clock());
        assertThat(lab.workflow().invoke(Command.resume("A"), T).value()).isEqualTo("trueA");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void manyParallelSleepsEndAtTheirOwnTimes(Durability durability) throws Exception {
        Lab lab = parking(durability).body((input, calls, run) -> {
            List<TaskFuture<String>> sleepers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Duration nap = Duration.ofMillis(5L + i * 5);
                sleepers.add(calls.scope("s" + i, input, (in, c, r) -> {
                    r.sleep(nap);
                    return c.task("awake", in, s -> s).join();
                }));
            }
            return String.join("", TaskFuture.allOf(sleepers));
        });

        assertThat(lab.workflow().invokeAsync("x", T).get(20, TimeUnit.SECONDS).value())
                .isEqualTo("x".repeat(12));
        assertThat(lab.ran("awake")).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void asksWhileOthersSleepAndKeepsBoth(Durability durability) throws Exception {
        Lab lab = parking(durability).body((input, calls, run) -> {
            var nap = calls.scope("nap", input, (in, c, r) -> {
                r.sleep(SHORT);
                return c.task("awake", in, s -> s + "!").join();
            });
            return run.interrupt(NAME, "who?") + nap.join();
        });

        var pause = (Interrupted<String>) lab.workflow().invoke("x", T);
        Eventually.until(() -> lab.ran("awake") > 0 && lab.workflow().state(T).status() == ThreadStatus.INTERRUPTED);

        assertThat(lab.workflow().state(T).only(NAME).id())
                .isEqualTo(pause.only(NAME).id());
        assertThat(lab.workflow().invoke(pause.only(NAME).answer("A"), T).value())
                .isEqualTo("Ax!");
        assertThat(lab.ran("awake")).isEqualTo(1);
    }

    @Test
    void refusesWaitsThatAreNotPositive() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            assertThatThrownBy(() -> run.sleep(Duration.ZERO)).hasMessageContaining("positive");
            assertThatThrownBy(() -> run.timer(Duration.ofMillis(-1))).hasMessageContaining("positive");
            assertThatThrownBy(() -> run.interrupt(NAME, "who?", Duration.ZERO)).hasMessageContaining("positive");
            return input;
        });

        assertThat(lab.workflow().invoke("x", T).value()).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void proceedGoesOnWhereADeadlineHasPassedThoughNobodyRecovered(Durability durability) throws Exception {
        SteppedWorld before = new SteppedWorld();
        SteppedWorld after = new SteppedWorld(before.clock());
        Lab lab = lab(durability, before)
                .options(graph -> graph.world(before))
                .body((input, calls, run) -> String.valueOf(
                        run.interrupt(NAME, "who?", Duration.ofHours(1)).isEmpty()));
        lab.workflow().invoke("x", T);
        assertThat(lab.workflow().invoke(Command.proceed(), T)).isInstanceOf(Interrupted.class);

        after.advance(Duration.ofHours(2));
        lab.options(graph -> graph.world(after)).restart();

        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("true");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whoWaitsForASleeperHearsSoonThatAnotherProcessCancelledIt(Durability durability) throws Exception {
        SteppedWorld time = new SteppedWorld();
        Lab lab = parking(durability)
                .options(graph -> graph.world(time).listener(asleep.onSleep()))
                .body((input, calls, run) -> {
                    run.sleep(Duration.ofDays(1));
                    return input;
                });
        var waiting = lab.workflow().invokeAsync("x", T);
        asleep.awaitArrival();
        Lab other = parking(new ForwardingCheckpointer(store), durability).spec(lab.spec());

        assertThat(other.workflow().cancel(T)).isTrue();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WorkflowCancelledException.class);
    }

    /** In EXIT the row of a run that goes on says that it is paused; then, as its log is read, that it sleeps. */
    @Test
    void whoFollowsARunThatFallsAsleepWhileItIsReadWaitsForIt() throws Exception {
        Gate gate = new Gate();
        Lab lab = parking(Durability.EXIT).body((input, calls, run) -> {
            String answer = String.valueOf(run.interrupt("go on?"));
            String made = calls.task("held", answer, s -> gate.pass(s)).join();
            run.sleep(SHORT);
            return made;
        });
        RunConfig named = T.runId("r");
        lab.workflow().invoke("x", named);
        var here = lab.workflow().invokeAsync(Command.resume("yes"), named);
        gate.awaitArrival();
        AtomicInteger reads = new AtomicInteger();
        Checkpointer watched = new ForwardingCheckpointer(store) {
            @Override
            public Optional<RunRecord> run(String threadId, String runId) {
                Optional<RunRecord> row = super.run(threadId, runId);
                // The first reads it to admit the request, the second to follow the run.
                if (reads.incrementAndGet() == 2) {
                    gate.open();
                    Eventually.until(
                            () -> store().run(threadId, runId).orElseThrow().status() != ThreadStatus.INTERRUPTED);
                }
                return row;
            }
        };

        var there =
                parking(watched, Durability.EXIT).spec(lab.spec()).workflow().invokeAsync("x", named);

        assertThat(there.get(10, TimeUnit.SECONDS).value()).isEqualTo("yes");
        assertThat(here.get(10, TimeUnit.SECONDS).value()).isEqualTo("yes");
        assertThat(reads.get()).isGreaterThan(2);
    }
}
