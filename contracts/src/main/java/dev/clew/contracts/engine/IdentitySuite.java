package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunListener;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.Command;
import dev.clew.task.IllegalStepException;
import dev.clew.task.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call has an identity that only the scope's own thread can give it; what finished under it never runs again. */
@Timeout(20)
public abstract class IdentitySuite extends TaskSuite {
    @Tag("B019")
    @Tag("B026")
    @Tag("B032")
    @Tag("B034")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void pathsAreMadeOfScopeKindNameAndNumber(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.task("a", "1", s -> s);
            calls.task("a", "2", s -> s);
            calls.task("b/#:%", "3", s -> s);
            calls.scope(
                    "in",
                    "4",
                    (s, c, r) -> c.scope(
                                    "in",
                                    s,
                                    (x, cc, rr) -> cc.task("a", x, y -> y).join())
                            .join());
            return pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(paths(lab))
                .containsExactlyInAnyOrder(
                        "task:a#1",
                        "task:a#2",
                        "task:b%2F%23%3A%25#1",
                        "task:in#1",
                        "task:in#1/task:in#1",
                        "task:in#1/task:in#1/task:a#1",
                        "ask:go#1");
        assertThat(step(lab, "task:b%2F%23%3A%25#1").name()).isEqualTo("b/#:%");
        assertThat(resume(lab)).isEqualTo("on");
    }

    @Tag("B038")
    @Tag("B041")
    @Tag("B042")
    @Tag("B043")
    @Tag("B049")
    @Tag("B055")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatFinishedIsToldAsReplayedAndNeitherRunsNorIsWrittenAgain(Durability durability) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Lab lab = lab(durability)
                .options(graph -> graph.listener(new RunListener() {
                    @Override
                    public void stepStarted(RunInfo run, StepInfo step) {
                        told.add("started " + step.path());
                    }

                    @Override
                    public void stepReplayed(RunInfo run, StepInfo step) {
                        told.add("replayed " + step.path());
                    }
                }))
                .body((input, calls, run) -> calls.task("a", input, s -> s).join()
                        + calls.scope(
                                        "s",
                                        input,
                                        (s, c, r) -> c.task("b", s, x -> x).join() + pause(r))
                                .join());

        lab.workflow().invoke("x", T);
        List<String> before = log(lab);
        told.clear();

        assertThat(resume(lab)).isEqualTo("xxon");
        assertThat(lab.ran()).containsExactly("a", "s", "b", "s");
        assertThat(told).containsExactly("replayed task:a#1", "started task:s#1", "replayed task:s#1/task:b#1");
        assertThat(log(lab)).startsWith(before.toArray(String[]::new)).hasSize(before.size() + 2);
    }

    @Tag("B044")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void emptyResultsAreKeptLikeAnyOther(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String none = calls.task("none", input, s -> null).join();
            String empty = calls.task("empty", input, s -> "").join();
            return none + empty + pause(run);
        });

        lab.workflow().invoke("x", T);

        assertThat(resume(lab)).isEqualTo("nullon");
        assertThat(lab.ran()).containsExactly("none", "empty");
    }

    @Tag("B047")
    @Tag("B048")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aNewRunStartsWithAnEmptyLogWhateverBecameOfTheLast(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join() + pause(run));

        lab.workflow().invoke("1", T);
        lab.workflow().invoke("2", T.whenInterrupted(WhenInterrupted.ABANDON));
        String second = lab.workflow().invoke(Command.resume("!"), T).value();
        lab.workflow().invoke("3", T);

        assertThat(second).isEqualTo("2!");
        assertThat(lab.ran("a")).isEqualTo(3);
    }

    @Tag("B050")
    @Tag("B051")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void childWorkflowsKeepTheirMemoAndAreNotEnteredAgainOnceDone(Durability durability) throws Exception {
        Lab lab = lab(durability);
        lab.body((input, calls, run) -> {
            String done = calls.scope(
                            "done",
                            input,
                            (s, c, r) -> c.task("deep", s, x -> x).join())
                    .join();
            return done
                    + calls.scope(
                                    "child",
                                    input,
                                    (s, c, r) -> c.scope(
                                                    "grandchild",
                                                    s,
                                                    (x, cc, rr) -> cc.task("below", x, y -> y)
                                                                    .join()
                                                            + pause(rr))
                                            .join())
                            .join();
        });

        lab.workflow().invoke("x", T);

        assertThat(resume(lab)).isEqualTo("xxon");
        assertThat(lab.ran()).containsExactly("done", "deep", "child", "grandchild", "below", "child", "grandchild");
    }

    @Tag("B052")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void namingTheNewestCheckpointIsLikeNamingNone(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join() + pause(run));
        lab.workflow().invoke("x", T);
        String head = lab.workflow().state(T).checkpointId();

        assertThat(lab.restart()
                        .workflow()
                        .invoke(Command.resume("on"), T.checkpoint(head))
                        .value())
                .isEqualTo("xon");
        assertThat(lab.ran()).containsExactly("a");
    }

    private static Throwable refusal(Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        while (thrown != null && !(thrown instanceof IllegalStepException) && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return thrown;
    }

    @Tag("B057")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void foreignThreadsAreRefusedAndToldHowToWriteIt(Durability durability) throws Exception {
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> future = calls.task("own", input, s -> s);
            List<Runnable> all = List.of(
                    () -> calls.task("x", "x", s -> s),
                    future::join,
                    future::cancel,
                    () -> TaskFuture.allOf(future),
                    () -> TaskFuture.anyOf(future),
                    () -> pause(run),
                    run::now,
                    run::randomUuid,
                    run::random,
                    () -> run.patched("p"),
                    () -> run.sleep(java.time.Duration.ofMillis(1)));
            for (Runnable call : all) {
                refused.add(refusal(() -> CompletableFuture.runAsync(call, pool).join()));
            }
            Runnable stream = () -> IntStream.range(0, 4).parallel().forEach(i -> calls.task("x", "" + i, s -> s));
            refused.add(refusal(() -> CompletableFuture.runAsync(stream, pool).join()));
            return future.join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("in");
        pool.shutdown();
        assertThat(refused)
                .hasSize(12)
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(IllegalStepException.class)
                        .hasMessageContainingAll("not the scope's own", "collect the futures, then join them"));
        assertThat(lab.ran("x")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void durableCallsInsideALeafAreRefused(Durability durability) throws Exception {
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            for (int i = 0; i < 5; i++) {
                calls.task("leaf", "" + i, s -> {
                            refused.add(catchThrowable(() -> calls.task("inner", s, x -> x)));
                            refused.add(catchThrowable(() -> run.now()));
                            return s;
                        })
                        .join();
            }
            return "done";
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("done");
        assertThat(refused).hasSize(10).allMatch(e -> e instanceof IllegalStepException);
        assertThat(lab.ran("inner")).isZero();
    }

    @Tag("B020")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void handlesThatWereKeptAreRefusedAfterTheEnd(Durability durability) throws Exception {
        AtomicReference<Lab.Calls> kept = new AtomicReference<>();
        AtomicReference<Run> run1 = new AtomicReference<>();
        AtomicReference<TaskFuture<String>> future = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.scope("first", input, (s, c, r) -> {
                        kept.set(c);
                        run1.set(r);
                        future.set(c.task("a", s, x -> x));
                        return future.get().join();
                    })
                    .join();
            refused.add(catchThrowable(() -> kept.get().task("late", "x", s -> s)));
            refused.add(catchThrowable(() -> run1.get().now()));
            refused.add(catchThrowable(() -> future.get().join()));
            return pause(run);
        });

        lab.workflow().invoke("in", T);
        refused.add(catchThrowable(() -> kept.get().task("late", "x", s -> s)));

        assertThat(refused)
                .hasSize(4)
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(IllegalStepException.class)
                        .hasMessageContainingAll("had ended", "do not keep"));
        assertThat(lab.ran("late")).isZero();
    }
}
