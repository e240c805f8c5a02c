package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cache.TaskCache;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunStream;
import dev.clew.interrupt.Command;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.CachePolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The content of every mode, and the order of its events. */
@Timeout(60)
public abstract class StreamModesSuite extends StreamFixture {
    private Lab asking(Durability durability) throws Exception {
        return lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            Object answer = run.interrupt("go on?");
            return calls.task("b", a + answer, s -> s + "b").join();
        });
    }

    // --- UPDATES ---

    @Tag("B172")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsAnUpdateForEachCallInTheOrderOfCompletion(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> slow = calls.task("work", "slow", gate::pass);
            String fast = calls.task("work", "fast", s -> s).join();
            gate.open();
            return slow.join() + fast;
        });

        List<StreamEvent> events = read(lab.workflow().stream("x", T, StreamMode.UPDATES));

        assertThat(brief(events))
                .containsExactly("update task:work#2 = fast", "update task:work#1 = slow", "update run = slowfast");
        assertThat(((StreamEvent.Update) events.get(0)).name()).isEqualTo("work");
        assertThat(((StreamEvent.Update) events.get(2)).name()).isEqualTo("Lab.run");
    }

    /** Returning joins what was not awaited, so that the workflow's update is the last one whatever is late. */
    @Tag("B173")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsTheWorkflowsUpdateAfterThoseOfTasksThatItDidNotAwait(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.task("late", input, gate::pass);
            return "returned";
        });

        try (RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.UPDATES, StreamMode.VALUES)) {
            gate.awaitArrival();
            gate.open();
            List<StreamEvent> events = new ArrayList<>();
            stream.forEach(events::add);

            assertThat(brief(events))
                    .containsExactly("update task:late#1 = x", "update run = returned", "value returned");
        }
    }

    @Tag("B196")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsAnUpdateWhileTheRunGoesOn(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(durability).body((input, calls, run) -> {
            String first = calls.task("first", input, s -> s).join();
            return calls.task("second", first, gate::pass).join();
        });

        try (RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.UPDATES)) {
            Iterator<StreamEvent> events = stream.iterator();
            assertThat(brief(events.next())).isEqualTo("update task:first#1 = x");
            gate.awaitArrival();
            gate.open();
            assertThat(brief(events.next())).isEqualTo("update task:second#1 = x");
        }
    }

    // --- VALUES ---

    @Tag("B174")
    @Tag("B175")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsTheValueAtTheEndAndOnResumeTheOneBeforeFirst(Durability durability) throws Exception {
        Lab lab = asking(durability);

        List<StreamEvent> asked = read(lab.workflow().stream("x", T, StreamMode.VALUES));
        List<StreamEvent> first = read(lab.workflow().stream(Command.resume(1), T, StreamMode.VALUES));
        List<StreamEvent> again = read(lab.workflow().stream("y", T, StreamMode.VALUES));
        List<StreamEvent> second = read(lab.workflow().stream(Command.resume(2), T, StreamMode.VALUES));

        assertThat(brief(asked)).containsExactly("interrupted VALUES 1");
        assertThat(brief(first)).containsExactly("value null", "value xa1b");
        assertThat(brief(again)).containsExactly("interrupted VALUES 1");
        assertThat(brief(second)).containsExactly("value xa1b", "value ya2b");
    }

    // --- CUSTOM ---

    @Tag("B176")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsExactlyTheObjectsThatWereEmitted(Durability durability) throws Exception {
        Object ofBody = new Object();
        Object ofTask = new Object();
        Lab lab = lab(durability).body((input, calls, run) -> {
            run.emit(ofBody);
            run.emit(null);
            return calls.raw()
                    .call(dev.clew.spi.TaskSpec.of("emits", TypeRef.of(String.class))
                            .leaf(call -> {
                                call.taskContext().emit(ofTask);
                                return input;
                            }))
                    .join();
        });

        List<StreamEvent> events = read(lab.workflow().stream("x", T, StreamMode.CUSTOM));
        List<StreamEvent> others = read(lab.workflow().stream("x", OTHER, StreamMode.UPDATES));

        assertThat(events)
                .map(event -> ((StreamEvent.Custom) event).value())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactly(ofBody, null, ofTask);
        assertThat(brief(others)).containsExactly("update task:emits#1 = x", "update run = x");
    }

    @Tag("B177")
    @Tag("B196")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsWhatAChildWorkflowDoesWithItsPath(Durability durability) throws Exception {
        WorkflowSpec<String, String> inner = child("Inner.run");
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.raw().child(inner, input).join());

        List<StreamEvent> events =
                read(lab.workflow().stream("x", T, StreamMode.UPDATES, StreamMode.CUSTOM, StreamMode.TASKS));

        assertThat(brief(events))
                .containsExactly(
                        "start run [x] try 1",
                        "start child:Inner.run#1 [x] try 1",
                        "custom child:Inner.run#1 = hello",
                        "start child:Inner.run#1/task:in#1 [x] try 1",
                        "update child:Inner.run#1/task:in#1 = xi",
                        "end child:Inner.run#1/task:in#1 = xi",
                        "update child:Inner.run#1 = xi",
                        "end child:Inner.run#1 = xi",
                        "update run = xi",
                        "end run = xi");
        assertThat(brief(events.stream().filter(event -> !event.nested()).toList()))
                .containsExactly(
                        "start run [x] try 1",
                        "start child:Inner.run#1 [x] try 1",
                        "update child:Inner.run#1 = xi",
                        "end child:Inner.run#1 = xi",
                        "update run = xi",
                        "end run = xi");
    }

    private static WorkflowSpec<String, String> child(String name) {
        return WorkflowSpec.of(name, TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> {
                    call.run().emit("hello");
                    return call.scope()
                            .call(
                                    dev.clew.spi.TaskSpec.of("in", TypeRef.of(String.class))
                                            .parameter("argument", TypeRef.of(String.class))
                                            .leaf(inner -> inner.<String>arg(0) + "i"),
                                    call.<String>arg(0))
                            .join();
                });
    }

    // --- TASKS ---

    @Tag("B178")
    @Tag("B179")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsTheBeginningAndTheEndOfEachStep(Durability durability) throws Exception {
        Lab lab = asking(durability);

        List<StreamEvent> first = read(lab.workflow().stream("x", T, StreamMode.TASKS));
        String run = lab.workflow().state(T).runId();

        assertThat(brief(first))
                .containsExactly("start run [x] try 1", "start task:a#1 [x] try 1", "end task:a#1 = xa", "end run ? 1");
        StreamEvent.TaskStarted started = (StreamEvent.TaskStarted) first.get(1);
        StreamEvent.TaskEnded ended = (StreamEvent.TaskEnded) first.get(2);
        assertThat(started.id()).isEqualTo("t/" + run + "/task:a#1").isEqualTo(ended.id());
        assertThat(started.name()).isEqualTo("a").isEqualTo(ended.name());
        assertThat(((StreamEvent.TaskStarted) first.get(0)).name()).isEqualTo("Lab.run");
        StreamEvent.Question question =
                ((StreamEvent.TaskEnded) first.get(3)).interrupts().get(0);
        assertThat(question.value()).isEqualTo("go on?");
        assertThat(question.id())
                .isEqualTo(lab.workflow().state(T).pending().get(0).id());
    }

    @Tag("B179")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsTheErrorOfAFailedStepAndOfTheRun(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("bad", input, s -> {
                            throw new IllegalStateException("no");
                        })
                        .join());
        List<StreamEvent> events = new ArrayList<>();

        try (RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.TASKS)) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> stream.forEach(events::add)))
                    .isInstanceOf(dev.clew.flow.WorkflowFailedException.class);
        }

        assertThat(brief(events))
                .containsExactly(
                        "start run [x] try 1", "start task:bad#1 [x] try 1", "end task:bad#1 ! no", "end run ! no");
        assertThat(((StreamEvent.TaskEnded) events.get(2)).error().is(IllegalStateException.class))
                .isTrue();
    }

    @Tag("B180")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsNoEndOfATaskThatIsParkedOnAQuestion(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.scope(
                                "asks", input, (in, c, r) -> String.valueOf(r.interrupt("who?")))
                        .join());

        List<StreamEvent> events = read(lab.workflow().stream("x", T, StreamMode.TASKS, StreamMode.UPDATES));

        assertThat(brief(events))
                .containsExactly(
                        "start run [x] try 1", "start task:asks#1 [x] try 1", "interrupted UPDATES 1", "end run ? 1");
    }

    // --- CHECKPOINTS and DEBUG ---

    @Tag("B181")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsEachCheckpointAndOnResumeTheInputsFirst(Durability durability) throws Exception {
        Lab lab = asking(durability);

        List<StreamEvent> asked =
                read(lab.workflow().stream("x", T.metadata("by", "ann"), StreamMode.CHECKPOINTS, StreamMode.TASKS));
        List<StreamEvent> resumed = read(lab.workflow().stream(Command.resume(1), T, StreamMode.CHECKPOINTS));
        List<StreamEvent> next = read(lab.workflow().stream("y", T, StreamMode.CHECKPOINTS));

        assertThat(brief(asked)).startsWith("checkpoint INPUT -1 = null", "start run [x] try 1");
        assertThat(brief(asked)).filteredOn(e -> e.startsWith("checkpoint")).hasSize(1);
        assertThat(brief(resumed)).containsExactly("checkpoint INPUT -1 = null replayed", "checkpoint LOOP 0 = xa1b");
        assertThat(brief(next)).containsExactly("checkpoint INPUT 1 = xa1b");
        StreamEvent.Checkpointed input = (StreamEvent.Checkpointed) asked.get(0);
        StreamEvent.Checkpointed loop = (StreamEvent.Checkpointed) resumed.get(1);
        StreamEvent.Checkpointed second = (StreamEvent.Checkpointed) next.get(0);
        assertThat(input.parentId()).isNull();
        assertThat(loop.parentId()).isEqualTo(input.id());
        assertThat(second.parentId()).isEqualTo(loop.id());
        assertThat(input.metadata()).containsEntry("by", "ann");
        assertThat(loop.source()).isEqualTo(CheckpointSource.LOOP);
        assertThat(lab.workflow().history("t"))
                .extracting(entry -> entry.id() + " " + entry.value())
                .containsExactly(second.id() + " xa1b", loop.id() + " xa1b", input.id() + " null");
    }

    @Tag("B181")
    @Test
    void tellsNoCheckpointsWhereNoneAreMade() {
        Lab lab = opened(new Lab(null, Durability.ASYNC))
                .body((input, calls, run) -> calls.task("a", input, s -> s).join());

        assertThat(read(lab.workflow().stream("x", T, StreamMode.CHECKPOINTS))).isEmpty();
        assertThat(brief(read(lab.workflow().stream("x", T, StreamMode.DEBUG))))
                .containsExactly(
                        "debug 0 start run [x] try 1",
                        "debug 0 start task:a#1 [x] try 1",
                        "debug 0 end task:a#1 = x",
                        "debug 0 end run = x");
    }

    @Tag("B182")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void wrapsTasksAndCheckpointsForDebuggingWithTheirStepAndMoment(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join());

        List<StreamEvent> first = read(lab.workflow().stream("x", T, StreamMode.DEBUG));
        List<StreamEvent> second = read(lab.workflow().stream("x", T, StreamMode.DEBUG, StreamMode.TASKS));

        assertThat(brief(first))
                .containsExactly(
                        "debug -1 checkpoint INPUT -1 = null",
                        "debug 0 start run [x] try 1",
                        "debug 0 start task:a#1 [x] try 1",
                        "debug 0 end task:a#1 = x",
                        "debug 0 end run = x",
                        "debug 0 checkpoint LOOP 0 = x");
        assertThat(brief(second))
                .startsWith("debug 1 checkpoint INPUT 1 = x", "start run [x] try 1", "debug 2 start run [x] try 1");
        assertThat(first)
                .extracting(event -> ((StreamEvent.Debug) event).timestamp())
                .isSorted();
    }

    // --- the cache ---

    private static final CachePolicy FOREVER = CachePolicy.of("1");

    @Tag("B186")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsThatTheCacheAnsweredAndThatNothingEnded(Durability durability) throws Exception {
        TaskCache cache = TaskCache.inMemory();
        Lab lab = lab(durability).options(graph -> graph.cache(cache)).body((input, calls, run) -> {
            String a = calls.task("a", task -> task.cache(FOREVER), input, s -> s + "!")
                    .join();
            return a + run.interrupt("go on?");
        });
        lab.workflow().invoke("x", T);

        List<StreamEvent> hit = read(lab.workflow().stream("x", OTHER, StreamMode.UPDATES, StreamMode.TASKS));
        List<StreamEvent> replayed =
                read(lab.workflow().stream(Command.resume(1), OTHER, StreamMode.UPDATES, StreamMode.TASKS));

        assertThat(brief(hit).stream().filter(e -> e.contains("task:a#1")))
                .containsExactly("start task:a#1 [x] try 0", "update task:a#1 = x! cached");
        assertThat(brief(replayed).stream().filter(e -> e.contains("task:a#1")))
                .containsExactly("start task:a#1 [x] try 0 replayed", "update task:a#1 = x! cached replayed");
    }

    /** Entrypoints are not cached; a cached scope is the nearest thing to a whole workflow. */
    @Tag("B187")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsNothingOfTheInsideOfAScopeThatTheCacheAnswered(Durability durability) throws Exception {
        TaskCache cache = TaskCache.inMemory();
        Lab lab = lab(durability)
                .options(graph -> graph.cache(cache))
                .body((input, calls, run) -> calls.scope(
                                "whole",
                                task -> task.cache(FOREVER),
                                input,
                                (in, c, r) -> c.task("inside", in, s -> s + "!").join())
                        .join());
        lab.workflow().invoke("x", T);

        List<StreamEvent> hit =
                read(lab.workflow().stream("x", OTHER, StreamMode.UPDATES, StreamMode.TASKS, StreamMode.VALUES));

        assertThat(brief(hit))
                .containsExactly(
                        "start run [x] try 1",
                        "start task:whole#1 [x] try 0",
                        "update task:whole#1 = x! cached",
                        "update run = x!",
                        "end run = x!",
                        "value x!");
    }

    // --- all of them ---

    /** A mode is a constant, so none can be misspelt; and none is silent where there is something to tell. */
    @Tag("B191")
    @ParameterizedTest
    @EnumSource(StreamMode.class)
    void tellsEventsOfExactlyTheModeThatIsWanted(StreamMode mode) throws Exception {
        Lab lab = lab(Durability.ASYNC).body((input, calls, run) -> {
            run.emit("custom");
            run.emitToken("token");
            return calls.task("a", input, s -> s).join();
        });

        List<StreamEvent> events = read(lab.workflow().stream("x", T, mode));

        assertThat(events).isNotEmpty().extracting(StreamEvent::mode).containsOnly(mode);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsUpdatesWhereNoModeIsNamed(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join());

        assertThat(brief(read(lab.workflow().stream("x", T)))).containsExactly("update task:a#1 = x", "update run = x");
    }

    @Tag("B194")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsTokensWithTheTaskThatTheyAreFrom(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.raw()
                        .call(dev.clew.spi.TaskSpec.of("says", TypeRef.of(String.class))
                                .leaf(call -> {
                                    call.taskContext().emitToken("he");
                                    call.taskContext().emitToken("llo");
                                    return "hello";
                                }))
                        .join());

        List<StreamEvent> events = read(lab.workflow().stream("x", T, StreamMode.MESSAGES));
        String id = "t/" + lab.workflow().state(T).runId() + "/task:says#1";

        assertThat(events)
                .containsExactly(
                        new StreamEvent.Message("says", "task:says#1", id, 0, 1, "he", false),
                        new StreamEvent.Message("says", "task:says#1", id, 0, 1, "llo", false));
    }
}
