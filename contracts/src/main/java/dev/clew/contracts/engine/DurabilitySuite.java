package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.LogRecord;
import dev.clew.contracts.lab.CountingCheckpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.FailingCheckpointer;
import dev.clew.contracts.lab.GatedCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When what a run did is stored, what a crash leaves of it, and what a broken store does to it. */
@Timeout(60)
public abstract class DurabilitySuite extends EngineSuite {
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);
    private static final List<String> STEPS = List.of("a", "b", "c", "d", "e");

    /** What the body has seen, in order. */
    private final List<String> observed = new CopyOnWriteArrayList<>();

    private Lab fiveSteps(Checkpointer store, Durability durability) {
        return opened(new Lab(store, durability)).body((input, calls, run) -> {
            String text = input;
            for (String step : STEPS) {
                text = calls.task(step, text, s -> s + step).join();
                observed.add(step);
            }
            return text;
        });
    }

    private static List<Long> log(Checkpointer store) {
        List<Long> seqs = new ArrayList<>();
        store.thread("t")
                .map(row -> row.head().runId())
                .ifPresent(run -> store.scan("t", run, 0, (LogRecord r) -> seqs.add(r.seq())));
        return seqs;
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    @Tag("B200")
    void losesNothingThatWasStoredWhereverTheStoreDies(Durability durability) throws Exception {
        for (int k = 0; k <= STEPS.size(); k++) {
            int diesAt = k;
            FailingCheckpointer store = new FailingCheckpointer(newStore()).failFrom(diesAt);
            Lab lab = fiveSteps(store, durability);
            observed.clear();

            assertThatThrownBy(() -> lab.workflow().invoke("", T))
                    .as("dies at " + diesAt)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("the disk is full");
            if (durability == Durability.SYNC) {
                assertThat(observed).hasSize(diesAt);
            }
            if (durability == Durability.SYNC) {
                assertThat(log(store)).hasSize(diesAt);
            }
            store.heal();
            lab.crash();

            assertThat(lab.graph().recover().run("t").orElseThrow().join().value())
                    .isEqualTo("abcde");
            for (int step = 0; step < STEPS.size(); step++) {
                long times = lab.ran(STEPS.get(step));
                assertThat(times).isBetween(1L, step < diesAt ? 1L : 2L);
            }
            lab.close();
        }
    }

    @Test
    @Tag("B200")
    void storesNothingOfARunInExitModeBeforeItsEndAndThenAll() throws Exception {
        FailingCheckpointer store = new FailingCheckpointer(newStore()).failFrom(0);
        Lab lab = fiveSteps(store, Durability.EXIT);

        assertThatThrownBy(() -> lab.workflow().invoke("", T)).isInstanceOf(CheckpointException.class);
        assertThat(observed).hasSize(5);
        assertThat(lab.workflow().history("t")).isEmpty();
        assertThat(lab.workflow().state(T).runId()).isNull();
        assertThat(lab.graph().recover().runs()).isEmpty();

        store.heal();
        assertThat(lab.workflow().invoke("", T).value()).isEqualTo("abcde");
        assertThat(store.written()).isEqualTo(1);
        assertThat(lab.workflow().history("t")).hasSize(2);
        assertThat(lab.workflow().state(T).steps()).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B201")
    void storesWhatPausedAndWhatFailed(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            if (!run.interrupt(OK, a)) {
                throw new IllegalStateException("refused");
            }
            return a;
        });

        lab.workflow().invoke("x", T);
        assertThat(lab.restart().workflow().state(T).only(OK).value()).isEqualTo("xa");

        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume(false), T))
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(lab.restart().workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(lab.workflow().state(T).failure().message()).isEqualTo("refused");
        assertThat(lab.workflow().state(T).steps())
                .extracting(StepState::status)
                .containsExactly(StepState.Status.SUCCEEDED, StepState.Status.SUCCEEDED);
    }

    @Test
    @Tag("B199")
    void letsABodySeeAResultInSyncModeOnlyOnceItIsDurable() throws Exception {
        GatedCheckpointer store = new GatedCheckpointer(newStore());
        Lab lab = fiveSteps(store, Durability.SYNC);

        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("", T);
        Eventually.until(() -> log(store).size() == 1);
        assertThat(observed).isEmpty();
        assertThat(lab.ran()).containsExactly("a");

        store.open();
        assertThat(result.get(10, TimeUnit.SECONDS).value()).isEqualTo("abcde");
    }

    @Test
    @Tag("B198")
    @Tag("B199")
    void writesBehindInAsyncModeButTellsTheCallerOnlyWhatIsStored() throws Exception {
        GatedCheckpointer store = new GatedCheckpointer(newStore());
        Lab lab = fiveSteps(store, Durability.ASYNC);

        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("", T);
        Eventually.until(() -> observed.size() == 5);
        assertThat(result).isNotDone();

        store.open();
        assertThat(result.get(10, TimeUnit.SECONDS).value()).isEqualTo("abcde");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    @Tag("B199")
    void storesTheInputBeforeTheBodysFirstLine(Durability durability) throws Exception {
        Checkpointer store = newStore();
        List<Integer> checkpoints = new CopyOnWriteArrayList<>();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> {
            checkpoints.add(store.checkpoints(CheckpointQuery.of("t")).size());
            return input;
        });

        lab.workflow().invoke("x", T);

        assertThat(checkpoints).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B203")
    void failsTheCallerOfARunWhoseLastWriteFailsAndLeavesTheThreadUsableAtOnce(Durability durability) throws Exception {
        FailingCheckpointer store = new FailingCheckpointer(newStore());
        Lab lab = fiveSteps(store, durability);
        store.failFrom(durability == Durability.EXIT ? 0 : STEPS.size());

        assertThatThrownBy(() -> lab.workflow().invoke("", T)).isInstanceOf(CheckpointException.class);
        store.heal();

        assertThat(lab.workflow().invoke("again ", T).value()).isEqualTo("again abcde");
    }

    @Test
    @Tag("B204")
    void runsNothingMoreOnceTheStoreHasFailed() throws Exception {
        FailingCheckpointer store = new FailingCheckpointer(newStore()).failFrom(2);
        List<Throwable> caught = new CopyOnWriteArrayList<>();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> {
            for (String step : STEPS) {
                caught.add(catchThrowable(() -> calls.task(step, "", s -> step).join()));
            }
            return "went on";
        });

        assertThatThrownBy(() -> lab.workflow().invoke("", T)).isInstanceOf(CheckpointException.class);

        assertThat(lab.ran()).containsExactly("a", "b", "c");
        assertThat(log(store)).hasSize(2);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
        store.heal();
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("went on");
        assertThat(lab.ran("a") + lab.ran("b")).isEqualTo(2);
    }

    @Test
    @Tag("B197")
    void resumesWithOneScanOfTheLogAndAFewPointReads() throws Exception {
        CountingCheckpointer counted = new CountingCheckpointer(newStore());
        Lab lab = opened(new Lab(counted, Durability.SYNC)).body((input, calls, run) -> {
            for (int i = 0; i < 100; i++) {
                calls.task("step", String.valueOf(i), s -> s).join();
            }
            return input + run.interrupt(OK, "?");
        });
        lab.workflow().invoke("x", T);
        counted.forget();

        lab.restart().workflow().invoke(Command.resume(true), T);

        assertThat(counted.calls()).containsExactly("thread", "run", "scan", "checkpoints", "claim", "write");
    }
}
