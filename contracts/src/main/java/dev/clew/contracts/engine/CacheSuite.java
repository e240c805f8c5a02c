package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.cache.TaskCache;
import dev.clew.contracts.lab.Faulty;
import dev.clew.contracts.lab.Heard;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Storage;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepState;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is answered from the task cache, what is kept in it, and what never is. */
@Timeout(30)
public abstract class CacheSuite extends CacheFixture {
    private static final Lab.Body SHOUT = (input, calls, run) ->
            calls.task("shout", CACHED, input, s -> s + "!").join();

    @ParameterizedTest
    @EnumSource(Storage.class)
    @Tag("B244")
    @Tag("B245")
    void anotherThreadsCallOfTheSameArgumentsDoesNotRunTheTask(Storage storage) throws Exception {
        Heard heard = new Heard();
        TaskCache cache = newCache();
        Lab lab = lab(storage)
                .options(graph -> graph.cache(cache).listener(heard))
                .body(SHOUT);

        String first = lab.workflow().invoke("hi", T).value();
        String second = lab.workflow().invoke("hi", OTHER).value();
        String third =
                lab.restart().workflow().invoke("hi", RunConfig.thread("third")).value();

        assertThat(List.of(first, second, third)).containsOnly("hi!");
        assertThat(lab.ran()).containsExactly("shout");
        assertThat(heard.words()).containsExactly("started shout 1", "succeeded shout", "cached shout", "cached shout");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void otherArgumentsRunTheTask(Storage storage) throws Exception {
        Lab lab = lab(storage).body(SHOUT);

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.workflow().invoke("ho", T).value()).isEqualTo("ho!");
        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void hitIsRecordedAndMarkedInTheState(Durability durability) throws Exception {
        Lab lab = lab(Storage.valueOf(durability.name())).body((input, calls, run) -> {
            String shout = calls.task("shout", CACHED, input, s -> s + "!").join();
            return shout + run.interrupt("go on?");
        });
        lab.workflow().invoke("hi", T);
        lab.workflow().invoke("hi", OTHER);

        StepState executed = lab.workflow().state(T).steps().get(0);
        StepState hit = lab.crash().workflow().state(OTHER).steps().get(0);

        assertThat(executed.cached()).isFalse();
        assertThat(executed.attempts()).isEqualTo(1);
        assertThat(hit.cached()).isTrue();
        assertThat(hit.attempts()).isZero();
        assertThat(hit.status()).isEqualTo(StepState.Status.SUCCEEDED);
        assertThat(lab.workflow().invoke(Command.resume("."), OTHER).value()).isEqualTo("hi!.");
        assertThat(lab.ran("shout")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void hitIsMarkedInTheStreamAndMakesNoAttempt(Storage storage) throws Exception {
        Lab lab = lab(storage).body(SHOUT);
        lab.workflow().invoke("hi", T);

        List<StreamEvent> events = new ArrayList<>();
        try (RunStream<String> stream = lab.workflow().stream("hi", OTHER, StreamMode.UPDATES, StreamMode.TASKS)) {
            stream.forEach(events::add);
        }

        assertThat(events)
                .filteredOn(event -> event.path().equals("task:shout#1"))
                .hasSize(2)
                .contains(new StreamEvent.Update("shout", "task:shout#1", "hi!", true, false))
                .first()
                .isInstanceOfSatisfying(
                        StreamEvent.TaskStarted.class,
                        began -> assertThat(began.attempt()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    @Tag("B246")
    void resultIsComputedAgainOnceItsTimeToLiveHasPassed(Storage storage) throws Exception {
        CachePolicy hour = CachePolicy.of("1").ttl(Duration.ofHours(1));
        Lab lab = lab(storage)
                .body((input, calls, run) -> calls.task("shout", task -> task.cache(hour), input, s -> s + "!")
                        .join());

        lab.workflow().invoke("hi", T);
        clock.advance(Duration.ofMinutes(59));
        lab.workflow().invoke("hi", T);
        assertThat(lab.ran("shout")).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        lab.workflow().invoke("hi", T);
        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @Test
    void anotherVersionLeavesEarlierResultsBehind() throws Exception {
        Lab lab = lab(Storage.NONE).body(SHOUT);
        lab.workflow().invoke("hi", T);

        lab.body(
                (input, calls, run) -> calls.task("shout", task -> task.cache(CachePolicy.of("2")), input, s -> s + "?")
                        .join());

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi?");
    }

    @Test
    @Tag("B240")
    @Tag("B241")
    void tasksOfOneNameInTwoClassesShareNothing() throws Exception {
        Lab lab = lab(Storage.NONE).body((input, calls, run) -> {
            String ours = calls.task("shout", CACHED, input, s -> s + "!").join();
            String theirs = calls.task(
                            "shout", task -> CACHED.apply(task.method("Other", "shout(String)")), input, s -> s + "?")
                    .join();
            return ours + theirs;
        });

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!hi?");
    }

    @Test
    @Tag("B241")
    void dynamicTasksAndSpecsWithoutAMethodAreNotCached() throws Exception {
        Lab lab = lab(Storage.NONE)
                .body((input, calls, run) -> calls.task(
                                "shout", task -> CACHED.apply(task.method("", "")), input, s -> s + "!")
                        .join());

        lab.workflow().invoke("hi", T);
        lab.workflow().invoke("hi", T);

        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @Test
    @Tag("B247")
    void policyWithoutACacheHasNoEffect() throws Exception {
        Lab lab = opened(new Lab(newStore(), Durability.ASYNC)).body(SHOUT);

        lab.workflow().invoke("hi", T);
        lab.workflow().invoke("hi", T);
        lab.graph().clearCache();

        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @Test
    @Tag("B249")
    void cacheWithoutAPolicyHasNoEffect() throws Exception {
        Lab lab = lab(Storage.ASYNC)
                .body((input, calls, run) ->
                        calls.task("shout", input, s -> s + "!").join());

        lab.workflow().invoke("hi", T);
        lab.workflow().invoke("hi", T);

        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    @Tag("B248")
    @Tag("B249")
    void cachedScopeSkipsItsTasksAndDoesNotHandItsPolicyDown(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            Lab.Body twice = (in, c, r) -> c.task("shout", "hi", s -> s + "!").join() + in;
            return calls.scope("twice", CACHED, input, twice).join();
        });

        assertThat(lab.workflow().invoke("1", T).value()).isEqualTo("hi!1");
        assertThat(lab.workflow().invoke("1", OTHER).value()).isEqualTo("hi!1");
        assertThat(lab.ran()).containsExactly("twice", "shout");
        assertThat(lab.workflow().invoke("2", OTHER).value()).isEqualTo("hi!2");
        assertThat(lab.ran()).containsExactly("twice", "shout", "twice", "shout");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    @Tag("B250")
    void failuresAreNotCached(Storage storage) throws Exception {
        Lab lab = lab(storage)
                .body((input, calls, run) -> calls.task("shout", CACHED, input, s -> {
                            throw new IOException("no voice");
                        })
                        .join());

        for (int i = 1; i <= 2; i++) {
            assertThatExceptionOfType(WorkflowFailedException.class)
                    .isThrownBy(() -> lab.workflow().invoke("hi", T))
                    .withMessageContaining("no voice");
            assertThat(lab.ran("shout")).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    @Tag("B250")
    void successAfterARetryIsCached(Storage storage) throws Exception {
        RetryPolicy twice = RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(1))
                .build();
        List<String> tries = new ArrayList<>();
        Lab lab = lab(storage)
                .body((input, calls, run) -> calls.task(
                                "shout", task -> CACHED.apply(task).retry(twice), input, s -> {
                                    tries.add(s);
                                    if (tries.size() == 1) {
                                        throw new IOException("no voice");
                                    }
                                    return s + "!";
                                })
                        .join());

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(tries).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B251")
    void scopeThatAskedIsNeverCached(Durability durability) throws Exception {
        Lab lab = lab(Storage.valueOf(durability.name())).body((input, calls, run) -> {
            Lab.Body inner = (in, c, r) -> in + r.interrupt("sure?");
            Lab.Body outer = (in, c, r) -> c.scope("inner", CACHED, in, inner).join();
            return calls.scope("outer", CACHED, input, outer).join();
        });

        assertThat(lab.workflow().invoke("a", T)).isInstanceOf(RunResult.Interrupted.class);
        assertThat(lab.workflow().invoke("a", OTHER)).isInstanceOf(RunResult.Interrupted.class);
        assertThat(lab.restart().workflow().invoke(Command.resume("1"), T).value())
                .isEqualTo("a1");
        assertThat(lab.workflow().invoke(Command.resume("2"), OTHER).value()).isEqualTo("a2");
        assertThat(lab.workflow().invoke("a", T)).isInstanceOf(RunResult.Interrupted.class);
    }

    /** Another run's result must not take the place of an answer that a person gave here. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B251")
    @Tag("B252")
    void scopeThatWaitsForAnAnswerIsNotAnsweredByTheCache(Durability durability) throws Exception {
        boolean[] ask = {true};
        Lab lab = lab(Storage.valueOf(durability.name())).body((input, calls, run) -> {
            Lab.Body scope = (in, c, r) -> in + (ask[0] ? r.interrupt("sure?") : "!");
            return calls.scope("scope", CACHED, input, scope).join();
        });
        lab.workflow().invoke("a", T);
        ask[0] = false;
        assertThat(lab.workflow().invoke("a", OTHER).value()).isEqualTo("a!");
        ask[0] = true;

        assertThat(lab.workflow().invoke(Command.resume("yes"), T).value()).isEqualTo("ayes");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B252")
    void recordedResultWinsOverTheCache(Durability durability) throws Exception {
        Heard heard = new Heard();
        Faulty cache = new Faulty(newCache());
        String[] mark = {"!"};
        Lab lab = lab(Storage.valueOf(durability.name()))
                .options(graph -> graph.cache(cache).listener(heard))
                .body((input, calls, run) -> {
                    String shout =
                            calls.task("shout", CACHED, input, s -> s + mark[0]).join();
                    return shout + run.interrupt("go on?");
                });
        lab.workflow().invoke("hi", T);
        cache.clear();
        mark[0] = "?";
        lab.workflow().invoke("hi", OTHER);
        int asked = cache.gets();

        assertThat(lab.workflow().invoke(Command.resume("."), T).value()).isEqualTo("hi!.");
        assertThat(cache.gets()).isEqualTo(asked);
        assertThat(heard.words()).endsWith("replayed shout").doesNotContain("cached shout");
    }

    @Test
    @Tag("B253")
    void clearingOneTaskLeavesTheOthersCached() throws Exception {
        Lab lab = lab(Storage.ASYNC).body(flow -> flow.tasks(declared("left"), declared("right")), (in, calls, run) -> {
            List<TaskFuture<String>> both =
                    List.of(calls.task("left", CACHED, in, s -> s), calls.task("right", CACHED, in, s -> s));
            return TaskFuture.allOf(both).toString();
        });
        lab.workflow().invoke("hi", T);

        lab.graph().clearCache("left");
        lab.workflow().invoke("hi", T);
        assertThat(lab.ran("left")).isEqualTo(2);
        assertThat(lab.ran("right")).isEqualTo(1);

        lab.graph().clearCache();
        lab.workflow().invoke("hi", T);
        assertThat(lab.ran("left")).isEqualTo(3);
        assertThat(lab.ran("right")).isEqualTo(2);
        assertThatExceptionOfType(RequestRefusedException.class)
                .isThrownBy(() -> lab.graph().clearCache("middle"))
                .withMessageContaining("'middle'")
                .withMessageContaining("[left, right]");
    }

    private static TaskSpec<String> declared(String name) {
        return CACHED.apply(TaskSpec.of(name, TypeRef.of(String.class))
                        .method("Lab", name + "(String)")
                        .parameter("argument", TypeRef.of(String.class)))
                .leaf(call -> call.<String>arg(0));
    }

    /** LangGraph's own scenario: 3 executions, 3 after another thread did the same, 6 after clearing. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B253")
    @Tag("B254")
    void loopWithRepeatedArgumentsComputesEachOnce(Durability durability) throws Exception {
        Lab lab = lab(Storage.valueOf(durability.name()))
                .body(flow -> flow.tasks(declared("twice")), (in, calls, run) -> {
                    StringBuilder values = new StringBuilder();
                    for (String number : List.of("1", "1", "2", "2", "3", "3")) {
                        values.append(
                                calls.task("twice", CACHED, number, s -> s + s).join());
                        values.append(run.interrupt("boo"));
                    }
                    return values.toString();
                });

        assertThat(answeredThrough(lab, T)).isEqualTo("11a11b22c22d33e33f");
        assertThat(lab.ran("twice")).isEqualTo(3);
        assertThat(answeredThrough(lab, OTHER)).isEqualTo("11a11b22c22d33e33f");
        assertThat(lab.ran("twice")).isEqualTo(3);
        lab.graph().clearCache();
        assertThat(answeredThrough(lab, RunConfig.thread("third"))).isEqualTo("11a11b22c22d33e33f");
        assertThat(lab.ran("twice")).isEqualTo(6);
    }

    private static String answeredThrough(Lab lab, RunConfig thread) {
        RunResult<String> result = lab.workflow().invoke("", thread);
        for (String answer : List.of("a", "b", "c", "d", "e", "f")) {
            result = lab.workflow().invoke(Command.resume(answer), thread);
        }
        return result.value();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void keyMethodChoosesWhatMatters(Storage storage) throws Exception {
        Lab lab = lab(storage)
                .body((input, calls, run) -> calls.task(
                                "shout",
                                task -> CACHED.apply(task).cacheKey(args -> List.of(((String) args[0]).charAt(0), 1)),
                                input,
                                s -> s + "!")
                        .join());

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.workflow().invoke("ho", T).value()).isEqualTo("hi!");
        assertThat(lab.workflow().invoke("ah", T).value()).isEqualTo("ah!");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void keyMethodThatFailsOnlyPreventsCaching(Storage storage) throws Exception {
        Lab lab = lab(storage)
                .body((input, calls, run) -> calls.task(
                                "shout",
                                task -> CACHED.apply(task).cacheKey(args -> {
                                    throw new IllegalStateException("no key today");
                                }),
                                input,
                                s -> s + "!")
                        .join());

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void hitGivesEveryCallerItsOwnCopy(Storage storage) throws Exception {
        TaskSpec<List<String>> list = TaskSpec.of("list", new TypeRef<List<String>>() {})
                .method("Lab", "list()")
                .cache(CachePolicy.of("1"))
                .leaf(call -> new ArrayList<>(List.of("a")));
        Lab lab = lab(storage).body((input, calls, run) -> {
            List<String> first = calls.raw().call(list).join();
            first.add("b");
            List<String> second = calls.raw().call(list).join();
            List<String> third = calls.raw().call(list).join();
            second.add("c");
            return first + " " + second + " " + third;
        });

        assertThat(lab.workflow().invoke("", T).value()).isEqualTo("[a, b] [a, c] [a]");
    }

    @Test
    void resultThatCannotBeEncodedIsGivenButNotCachedWithoutACheckpointer() throws Exception {
        TaskSpec<Thread> thread = TaskSpec.of("thread", TypeRef.of(Thread.class))
                .method("Lab", "thread()")
                .cache(CachePolicy.of("1"))
                .leaf(call -> Thread.currentThread());
        Lab lab = lab(Storage.NONE)
                .body((input, calls, run) -> calls.raw().call(thread).join() == null ? "none" : "some");

        assertThat(lab.workflow().invoke("", T).value()).isEqualTo("some");
        assertThat(lab.workflow().invoke("", T).value()).isEqualTo("some");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    @Tag("B250")
    void failedTaskOfACachedScopeIsNotCachedAsItsFallback(Storage storage) throws Exception {
        boolean[] broken = {true};
        Lab lab = lab(storage).body((input, calls, run) -> {
            Lab.Body careful = (in, c, r) -> {
                try {
                    return c.task("shout", CACHED, in, s -> {
                                if (broken[0]) {
                                    throw new IOException("no voice");
                                }
                                return s + "!";
                            })
                            .join();
                } catch (TaskFailedException failed) {
                    return "silence";
                }
            };
            return calls.scope("careful", input, careful).join();
        });

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("silence");
        broken[0] = false;
        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
    }
}
