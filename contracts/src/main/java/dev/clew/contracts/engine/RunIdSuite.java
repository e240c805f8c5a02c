package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same run id again: never runs twice. */
@Tag("B142")
public abstract class RunIdSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final RunConfig R = T.runId("order-1");

    private final Gate gate = new Gate();

    @ParameterizedTest
    @EnumSource(Durability.class)
    void joinsTheRunWhileItRuns(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("work", input, gate::pass).join());
        var first = lab.workflow().invokeAsync("x", R);
        gate.awaitArrival();
        var second = lab.workflow().invokeAsync("x", R);

        assertThatThrownBy(() -> lab.workflow().invoke("y", R)).isInstanceOf(RequestRefusedException.class);
        assertThat(second).isNotDone();
        gate.open();
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(first.get(10, TimeUnit.SECONDS));
        assertThat(lab.ran("work")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void joinsARunOfAnotherGraphAndContinuesItIfThatDies(Durability durability) throws Exception {
        Lab.Body body =
                (input, calls, run) -> calls.task("before", input, s -> s + "!").join()
                        + calls.task("work", input, gate::pass).join();
        Checkpointer store = newStore();
        Lab ann = opened(new Lab(store, durability)).body(body);
        Lab bob = opened(new Lab(new SecondDoor(store), durability)).body(body);
        ann.workflow().invokeAsync("x", R);
        gate.awaitArrival();
        var joined = bob.workflow().invokeAsync("x", R);
        ann.graph().engine().crash();
        gate.open();

        assertThat(joined.get(10, TimeUnit.SECONDS).value()).isEqualTo("x!x");
        assertThat(joined.get().runId()).isEqualTo("order-1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void joinsAFailedRunThatAnotherGraphContinues(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab.Body body = (input, calls, run) -> calls.task("work", input, s -> {
                    if (broken.getAndSet(false)) {
                        throw new IOException("not yet");
                    }
                    return gate.pass(s);
                })
                .join();
        Checkpointer store = newStore();
        Lab ann = opened(new Lab(store, durability)).body(body);
        Lab bob = opened(new Lab(new SecondDoor(store), durability)).body(body);
        assertThatThrownBy(() -> ann.workflow().invoke("x", R)).isInstanceOf(WorkflowFailedException.class);
        var continued = ann.workflow().invokeAsync(Command.proceed(), R);
        gate.awaitArrival();

        var joined = bob.workflow().invokeAsync("x", R);

        assertThat(joined).isNotDone();
        gate.open();
        assertThat(joined.get(10, TimeUnit.SECONDS)).isEqualTo(continued.get(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsWhatAPausedRunWaitsForAndWhatAFinishedOneReturned(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("before", input, s -> s + "!").join() + run.interrupt(NAME, "who?"));

        var first = (Interrupted<String>) lab.workflow().invoke("x", R);
        var second = (Interrupted<String>) lab.restart().workflow().invoke("x", R);
        lab.workflow().invoke(Command.resume("A"), R);
        var third = lab.restart().workflow().invoke("x", R);
        lab.workflow().invoke("x", T.runId("order-2"));
        var old = lab.workflow().invoke("x", R);

        assertThat(second.only(NAME).id()).isEqualTo(first.only(NAME).id());
        assertThat(third.value()).isEqualTo("x!A");
        assertThat(old).isEqualTo(third);
        assertThat(lab.ran("before")).isEqualTo(2);
        assertThatThrownBy(() -> lab.workflow().invoke("y", R)).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("B"), R))
                .isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), T.runId("nonsense")))
                .isInstanceOf(RequestRefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void throwsTheErrorOfAFailedOrCancelledRun(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            if (input.equals("fail")) {
                throw new IllegalStateException("broken");
            }
            return run.interrupt(NAME, "who?");
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> lab.restart().workflow().invoke("fail", R))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("broken");
        }
        lab.workflow().invoke("ask", T.runId("order-2"));
        lab.workflow().cancel(T);
        assertThatThrownBy(() -> lab.workflow().invoke("ask", T.runId("order-2")))
                .isInstanceOf(WorkflowCancelledException.class);
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void continuesACrashedRunAndCallsAnAbandonedOneCancelled(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("work", input, gate::pass).join());
        for (String runId : List.of("order-1", "order-2")) {
            lab.workflow().invokeAsync("x", T.runId(runId));
            gate.awaitArrival();
            lab.crash();
        }
        gate.open();

        assertThatThrownBy(() -> lab.workflow().invoke("x", R))
                .isInstanceOf(WorkflowCancelledException.class)
                .hasMessageContaining("order-1");
        assertThat(lab.workflow().invoke("x", T.runId("order-2")).value()).isEqualTo("x");
    }

    @Test
    void callsAnAbandonedQuestioningRunCancelled() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> run.interrupt(NAME, "who?"));
        lab.workflow().invoke("x", R);
        lab.workflow().invoke("x", ABANDONING.runId("order-2"));

        assertThatThrownBy(() -> lab.workflow().invoke("x", R))
                .isInstanceOf(WorkflowCancelledException.class)
                .hasMessageContaining("order-1");
    }

    @Tag("B143")
    @Tag("B145")
    @Test
    void needsAThreadOnlyWithACheckpointer() throws Exception {
        Lab stored = lab(Durability.SYNC).body((input, calls, run) -> input);
        Lab unstored = opened(new Lab(null, Durability.SYNC)).body((input, calls, run) -> input);

        assertThatThrownBy(() -> stored.workflow().invoke("x", RunConfig.none()))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("RunConfig.thread");
        assertThat(unstored.workflow()
                        .invoke("x", RunConfig.none().durability(Durability.EXIT))
                        .value())
                .isEqualTo("x");
        assertThatThrownBy(() -> unstored.workflow().invoke(Command.resume("A"), RunConfig.none()))
                .isInstanceOf(RequestRefusedException.class);
    }

    @Tag("B148")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void batchRunsEachInputWithItsOwnConfiguration(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> input + run.threadId() + run.runId());

        assertThat(lab.workflow()
                        .batch(
                                List.of("x", "y"),
                                List.of(
                                        RunConfig.thread("a").runId("1"),
                                        RunConfig.thread("b").runId("2"))))
                .extracting(result -> result.value())
                .containsExactly("xa1", "yb2");
    }
}
