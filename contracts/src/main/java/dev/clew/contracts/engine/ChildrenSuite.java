package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepKind;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Child workflows inside the run of their parent. */
public abstract class ChildrenSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private static WorkflowSpec<String, String> workflow(Lab lab, String name, Lab.Body body) {
        return WorkflowSpec.of(name, TEXT, TEXT)
                .body(call -> body.run(call.arg(0), lab.calls(call.scope()), call.run()));
    }

    private static Command answer(RunResult<String> result, String question, String answer) {
        return ((Interrupted<String>) result)
                .all(NAME).stream()
                        .filter(pending -> pending.value().equals(question))
                        .findFirst()
                        .orElseThrow()
                        .answer(answer);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B159")
    @Tag("B160")
    void areCalledFromBodiesAndTasksUnderTheRunOfTheirParent(Durability durability) throws Exception {
        Lab lab = lab(durability);
        List<String> runs = new ArrayList<>();
        WorkflowSpec<String, String> child = workflow(lab, "Lab.child", (input, calls, run) -> {
            runs.add(run.threadId() + " " + run.runId());
            return calls.task("shout", input, String::toUpperCase).join();
        });
        try (LabGraph other = LabGraph.builder().build()) {
            Workflow<String, String> foreign = other.add(child);
            lab.body((input, calls, run) -> {
                String own = calls.raw().child(child, input).join();
                String others = run.invoke(foreign, input + "2");
                String inTask = calls.scope("outer", input, (in, c, r) -> r.invoke(foreign, in + "3"))
                        .join();
                return own + others + inTask;
            });

            assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("AA2A3");
        }

        assertThat(runs).containsOnly("t " + lab.workflow().state(T).runId());
        assertThat(lab.workflow().state(T).steps())
                .extracting(StepState::path)
                .contains(
                        "child:Lab.child#1/task:shout#1",
                        "child:Lab.child#2/task:shout#1",
                        "task:outer#1/child:Lab.child#1/task:shout#1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B169")
    @Tag("B050")
    @Tag("B165")
    void keepWhatTheyHaveDoneAtEveryDepthWhenTheyAreResumed(Durability durability) throws Exception {
        Lab lab = lab(durability);
        WorkflowSpec<String, String> deepest = workflow(lab, "Lab.deepest", (input, calls, run) -> {
            String made = calls.task("deep-1", input, s -> s + "1").join();
            String first = run.interrupt(NAME, "first?");
            String more = calls.task("deep-2", made + first, s -> s + "2").join();
            return more + run.interrupt(NAME, "second?");
        });
        WorkflowSpec<String, String> middle = workflow(lab, "Lab.middle", (input, calls, run) -> {
            String made = calls.task("middle", input, s -> s + "m").join();
            return calls.raw().child(deepest, made).join();
        });
        lab.body((input, calls, run) -> {
            String made = calls.task("top", input, s -> s + "t").join();
            return calls.raw().child(middle, made).join() + run.interrupt(NAME, "third?");
        });

        RunResult<String> first = lab.workflow().invoke("a", T);
        assertThat(((Interrupted<String>) first).only(NAME).path())
                .isEqualTo("child:Lab.middle#1/child:Lab.deepest#1/ask:name#1");
        RunResult<String> second = lab.restart().workflow().invoke(answer(first, "first?", "A"), T);
        RunResult<String> third = lab.restart().workflow().invoke(answer(second, "second?", "B"), T);
        RunResult<String> done = lab.restart().workflow().invoke(answer(third, "third?", "C"), T);

        assertThat(done.value()).isEqualTo("atm1A2BC");
        assertThat(lab.ran()).containsExactly("top", "middle", "deep-1", "deep-2");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B165")
    void askSideBySideAndAreAnsweredOneByOne(Durability durability) throws Exception {
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = workflow(lab, "Lab.child", (input, calls, run) -> {
            String made = calls.task("make", input, s -> s + "!").join();
            return made + run.interrupt(NAME, "who is " + input + "?");
        });
        lab.body((input, calls, run) -> {
            TaskFuture<String> one = calls.raw().child(child, "one");
            TaskFuture<String> two = calls.raw().child(child, "two");
            return String.join(" ", TaskFuture.allOf(one, two));
        });

        RunResult<String> both = lab.workflow().invoke("-", T);
        assertThat(((Interrupted<String>) both).pending())
                .extracting(PendingInterrupt::path)
                .containsExactlyInAnyOrder("child:Lab.child#1/ask:name#1", "child:Lab.child#2/ask:name#1");
        RunResult<String> half = lab.restart().workflow().invoke(answer(both, "who is two?", "T"), T);
        assertThat(((Interrupted<String>) half).only(NAME).path()).isEqualTo("child:Lab.child#1/ask:name#1");

        assertThat(lab.workflow().invoke(answer(half, "who is one?", "O"), T).value())
                .isEqualTo("one!O two!T");
        assertThat(lab.ran("make")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B164")
    void haveTheCacheTheContextAndTheStreamOfTheirParent(Durability durability) throws Exception {
        Lab lab = lab(durability).options(builder -> builder.cache(TaskCache.inMemory()));
        WorkflowSpec<String, String> child = WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .body(call -> {
                    call.run().emit("emitted");
                    return lab.calls(call.scope())
                                    .task(
                                            "cached",
                                            task -> task.cache(CachePolicy.of("1")),
                                            call.arg(0),
                                            String::toUpperCase)
                                    .join()
                            + call.context(Integer.class);
                });
        lab.body((input, calls, run) -> calls.raw().child(child, input).join());
        List<StreamEvent> events = new ArrayList<>();

        assertThat(lab.workflow().invoke("a", T.context(1)).value()).isEqualTo("A1");
        try (RunStream<String> stream =
                lab.workflow().stream("a", T.context(2), StreamMode.UPDATES, StreamMode.CUSTOM)) {
            stream.forEach(events::add);
            assertThat(stream.result().value()).isEqualTo("A2");
        }

        assertThat(lab.ran("cached")).isEqualTo(1);
        assertThat(events)
                .extracting(StreamEvent::path)
                .containsExactly("child:Lab.child#1", "child:Lab.child#1/task:cached#1", "child:Lab.child#1", "");
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        StreamEvent.Update.class,
                        update -> assertThat(update.cached()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B167")
    @Tag("B168")
    void areSeenWithTheirStepsInTheStateWhereverTheyWereCalled(Durability durability) throws Exception {
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = workflow(lab, "Lab.child", (input, calls, run) -> {
            calls.task("make", input, s -> s + "!").join();
            return run.interrupt(NAME, "who?");
        });
        lab.body((input, calls, run) -> calls.scope(
                        "outer", input, (in, c, r) -> c.raw().child(child, in).join())
                .join());
        lab.workflow().invoke("a", T);

        assertThat(lab.workflow().state(T).steps())
                .extracting(StepState::path, StepState::kind, StepState::status)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("task:outer#1", StepKind.TASK, StepState.Status.PENDING),
                        org.assertj.core.groups.Tuple.tuple(
                                "task:outer#1/child:Lab.child#1", StepKind.CHILD, StepState.Status.PENDING),
                        org.assertj.core.groups.Tuple.tuple(
                                "task:outer#1/child:Lab.child#1/task:make#1",
                                StepKind.TASK,
                                StepState.Status.SUCCEEDED),
                        org.assertj.core.groups.Tuple.tuple(
                                "task:outer#1/child:Lab.child#1/ask:name#1", StepKind.ASK, StepState.Status.PENDING));
        assertThat(lab.workflow().state(T).diagram()).startsWith("""
                        flowchart LR
                            n0(["t<br/>INTERRUPTED"])
                            n1(["outer<br/>open"]):::waiting
                            n0 -.-> n1
                            n2[["Lab.child<br/>open"]]:::waiting
                            n1 -.-> n2
                            n3["make"]
                            n2 --> n3
                            n4{{"name<br/>asks"}}:::waiting
                            n2 -.-> n4
                        """);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellTheirFailuresToTheirParentByClassAndPath(Durability durability) throws Exception {
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = workflow(
                lab,
                "Lab.child",
                (input, calls, run) -> calls.task("break", input, s -> {
                            throw new IllegalStateException("broken");
                        })
                        .join());
        lab.body((input, calls, run) -> {
            try {
                return calls.raw().child(child, input).join();
            } catch (TaskFailedException failed) {
                return failed.failure().is(IllegalStateException.class)
                        + " "
                        + failed.failure().path()
                        + " "
                        + failed.failure().cause().path();
            }
        });

        assertThat(lab.workflow().invoke("a", T).value())
                .isEqualTo("true child:Lab.child#1 child:Lab.child#1/task:break#1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void areCancelledWithTheirParentWhileTheyRun(Durability durability) throws Exception {
        Gate gate = new Gate();
        AtomicInteger interrupted = new AtomicInteger();
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = workflow(
                lab,
                "Lab.child",
                (input, calls, run) -> calls.task("wait", input, s -> {
                            try {
                                return gate.pass(s);
                            } catch (InterruptedException stop) {
                                interrupted.incrementAndGet();
                                throw stop;
                            }
                        })
                        .join());
        lab.body((input, calls, run) -> calls.raw().child(child, input).join());
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("a", T);
        gate.awaitArrival();

        assertThat(lab.workflow().cancel(T)).isTrue();

        assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(WorkflowCancelledException.class);
        Eventually.until(() -> interrupted.get() == 1);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B166")
    @Tag("B170")
    void haveNoCheckpointsOfTheirOwn(Durability durability) throws Exception {
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = workflow(
                lab,
                "Lab.child",
                (input, calls, run) -> calls.task("make", input, s -> s + "!").join());
        lab.body((input, calls, run) -> calls.raw().child(child, input).join());
        lab.workflow().invoke("a", T.metadata("user", "ann"));

        assertThat(lab.workflow().history(T))
                .extracting(entry -> entry.source() + " " + entry.step() + " " + entry.metadata())
                .containsExactly("LOOP 0 {user=ann}", "INPUT -1 {user=ann}");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void areCancelledByTheirFuture(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = workflow(
                lab,
                "Lab.child",
                (input, calls, run) -> calls.task("wait", input, gate::pass).join());
        lab.body((input, calls, run) -> {
            TaskFuture<String> future = calls.raw().child(child, input);
            calls.task("arrived", input, s -> {
                        gate.awaitArrival();
                        return s;
                    })
                    .join();
            return "cancelled " + future.cancel();
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("cancelled true");
        assertThat(lab.workflow()
                        .state(T)
                        .step("child:Lab.child#1")
                        .orElseThrow()
                        .status())
                .isEqualTo(StepState.Status.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void areRefusedAnInputThatIsNull(Durability durability) throws Exception {
        Lab lab = lab(durability);
        try (LabGraph other = LabGraph.builder().build()) {
            Workflow<String, String> foreign = other.add(workflow(lab, "Lab.child", (input, calls, run) -> input));
            lab.body((input, calls, run) -> run.invoke(foreign, null));

            assertThatThrownBy(() -> lab.workflow().invoke("a", T))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("null is none");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    @Tag("B165")
    @Tag("B169")
    void crossWithRetriesStreamsCrashesAndOtherGraphs(Durability durability) throws Exception {
        Checkpointer store = newStore();
        AtomicInteger attempts = new AtomicInteger();
        Lab ann = crossing(opened(new Lab(store, durability)), attempts);
        RunResult<String> asked = ann.workflow().invoke("x", T);
        ann.crash();
        Lab bob = crossing(opened(new Lab(new SecondDoor(store), durability)), attempts);
        List<StreamEvent> events = new ArrayList<>();
        RunResult<String> second;
        try (RunStream<String> stream = bob.workflow().stream(answer(asked, "who?", "A"), T, StreamMode.TASKS)) {
            stream.forEach(events::add);
            second = stream.result();
        }
        bob.crash();
        RunResult<String> done = ann.workflow().invoke(answer(second, "and?", "B"), T);

        assertThat(done.value()).isEqualTo("x!A B");
        assertThat(attempts).as("attempts that came to the failure").hasValue(2);
        assertThat(ann.ran("make") + bob.ran("make")).isEqualTo(1);
        assertThat(events)
                .filteredOn(StreamEvent.TaskRetried.class::isInstance)
                .extracting(StreamEvent::path)
                .containsExactly("child:Lab.child#1/task:outer#1");
        assertThat(events)
                .filteredOn(StreamEvent.TaskEnded.class::isInstance)
                .filteredOn(StreamEvent::replayed)
                .extracting(StreamEvent::path)
                .contains("child:Lab.child#1/task:outer#1/task:make#1");
    }

    private static Lab crossing(Lab lab, AtomicInteger attempts) {
        RetryPolicy twice = RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(1))
                .build();
        WorkflowSpec<String, String> child = workflow(
                lab,
                "Lab.child",
                (input, calls, run) -> calls.scope("outer", task -> task.retry(twice), input, (in, c, r) -> {
                            String made = c.task("make", in, s -> s + "!").join();
                            String name = r.interrupt(NAME, "who?");
                            if (attempts.incrementAndGet() == 1) {
                                throw new IOException("the first attempt fails");
                            }
                            return made + name;
                        })
                        .join());
        return lab.body(
                (input, calls, run) -> calls.raw().child(child, input).join() + " " + run.interrupt(NAME, "and?"));
    }
}
