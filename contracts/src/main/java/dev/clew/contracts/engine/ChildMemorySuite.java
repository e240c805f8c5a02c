package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Final;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskBody;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ForkPoint;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What child workflows that ask for a memory get as their {@code @Previous}. */
public abstract class ChildMemorySuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    /** A child that puts its input behind what it gave before. */
    private static final WorkflowSpec<String, String> APPENDING =
            child(call -> call.<String>previous() + call.<String>arg(0));

    private static WorkflowSpec<String, String> child(TaskBody<?> body) {
        return WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .previous(TEXT)
                .childMemory()
                .body(body);
    }

    private static WorkflowSpec<String, String> saving(TaskBody<?> body) {
        return WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .saves(TEXT)
                .previous(TEXT)
                .childMemory()
                .body(body);
    }

    private Lab calling(Durability durability, WorkflowSpec<String, String> child) throws Exception {
        return lab(durability)
                .body((input, calls, run) -> calls.raw().child(child, input).join());
    }

    private static String value(Lab lab, String input) {
        return lab.workflow().invoke(input, T).value();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B162")
    void growsFromRunToRun(Durability durability) throws Exception {
        Lab lab = calling(durability, APPENDING);

        assertThat(value(lab, "a")).isEqualTo("nulla");
        assertThat(value(lab, "b")).isEqualTo("nullab");
        assertThat(value(lab.restart(), "c")).isEqualTo("nullabc");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B161")
    void isNotThereUnlessTheEntrypointAsksForIt(Durability durability) throws Exception {
        WorkflowSpec<String, String> forgetful = WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .previous(TEXT)
                .body(call -> call.<String>previous() + call.<String>arg(0));
        Lab lab = calling(durability, forgetful);
        value(lab, "a");

        assertThat(value(lab, "b")).isEqualTo("nullb");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B162")
    void isKeptForEachPathBySelf(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> one = calls.raw().child(APPENDING, input);
            TaskFuture<String> two = calls.raw().child(APPENDING, input + input);
            String inTask = calls.scope(
                            "outer",
                            input,
                            (in, c, r) -> c.raw().child(APPENDING, "t" + in).join())
                    .join();
            return one.join() + " " + two.join() + " " + inTask;
        });
        value(lab, "a");

        assertThat(value(lab, "b")).isEqualTo("nullab nullaabb nulltatb");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void outlivesARunThatDoesNotCallTheChild(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> input.isEmpty()
                        ? "skipped"
                        : calls.raw().child(APPENDING, input).join());
        value(lab, "a");
        value(lab, "");

        assertThat(value(lab, "b")).isEqualTo("nullab");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B162")
    @Tag("B153")
    void isTheSavedHalfOfAFinal(Durability durability) throws Exception {
        Lab lab = calling(durability, saving(call -> {
            String input = call.arg(0);
            return Final.of("saw " + call.previous(), input.equals("reset") ? null : input);
        }));

        assertThat(value(lab, "one")).isEqualTo("saw null");
        assertThat(value(lab.restart(), "two")).isEqualTo("saw one");
        assertThat(value(lab, "reset")).isEqualTo("saw two");
        assertThat(value(lab, "three")).isEqualTo("saw null");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isKeptByTheSuccessThatARestartOnlyReplays(Durability durability) throws Exception {
        WorkflowSpec<String, String> child =
                saving(call -> Final.of("-", call.<String>previous() + call.<String>arg(0)));
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.scope(
                                        "outer",
                                        input,
                                        (in, c, r) -> c.raw().child(child, in).join())
                                .join()
                        + run.interrupt(NAME, "who?"));
        RunResult<String> first = lab.workflow().invoke("a", T);
        lab.restart().workflow().invoke(((Interrupted<String>) first).only(NAME).answer("A"), T);
        WorkflowSpec<String, String> telling = saving(call -> Final.of(call.<String>previous(), "-"));
        lab.body((input, calls, run) -> calls.scope(
                        "outer", input, (in, c, r) -> c.raw().child(telling, in).join())
                .join());

        assertThat(value(lab, "b")).isEqualTo("nulla");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void forgetsWhatARunSavedThatFailedAfterwards(Durability durability) throws Exception {
        AtomicBoolean fails = new AtomicBoolean(false);
        Lab lab = lab(durability).body((input, calls, run) -> {
            String made = calls.raw().child(APPENDING, input).join();
            if (fails.get()) {
                throw new IllegalStateException("after the child");
            }
            return made;
        });
        value(lab, "a");
        fails.set(true);
        assertThatThrownBy(() -> value(lab, "b")).isInstanceOf(WorkflowFailedException.class);
        fails.set(false);

        assertThat(value(lab, "c")).as("the failed run was left behind").isEqualTo("nullac");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void keepsWhatAFailedRunSavedOnceItProceedsToItsEnd(Durability durability) throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            String made = calls.raw().child(APPENDING, input).join();
            if (fails.get()) {
                throw new IllegalStateException("after the child");
            }
            return made;
        });
        assertThatThrownBy(() -> value(lab, "a")).isInstanceOf(WorkflowFailedException.class);
        fails.set(false);
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("nulla");

        assertThat(value(lab, "b")).isEqualTo("nullab");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isNotChangedByAChildThatFailed(Durability durability) throws Exception {
        WorkflowSpec<String, String> failing = child(call -> {
            if (call.<String>arg(0).isEmpty()) {
                throw new IllegalArgumentException("no input");
            }
            return call.<String>previous() + call.<String>arg(0);
        });
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return calls.raw().child(failing, input).join();
            } catch (TaskFailedException failed) {
                return "failed";
            }
        });
        value(lab, "a");
        assertThat(value(lab, "")).isEqualTo("failed");

        assertThat(value(lab, "b")).isEqualTo("nullab");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isTheSameForEveryAttemptAndAfterAPause(Durability durability) throws Exception {
        WorkflowSpec<String, String> asking = child(call -> {
            String before = call.previous();
            return call.run().interrupt(NAME, "after " + before) + before;
        });
        Lab lab = calling(durability, asking);
        RunResult<String> first = lab.workflow().invoke("a", T);
        lab.workflow().invoke(((Interrupted<String>) first).only(NAME).answer("A"), T);
        RunResult<String> second = lab.workflow().invoke("b", T);

        assertThat(((Interrupted<String>) second).only(NAME).value()).isEqualTo("after Anull");
        assertThat(lab.restart()
                        .workflow()
                        .invoke(((Interrupted<String>) second).only(NAME).answer("B"), T)
                        .value())
                .isEqualTo("BAnull");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isWhatItWasAtTheCheckpointThatIsForked(Durability durability) throws Exception {
        Lab lab = calling(durability, APPENDING);
        Workflow<String, String> workflow = lab.workflow();
        value(lab, "a");
        value(lab, "b");
        RunConfig afterA = workflow.history(T).get(2).config();

        workflow.fork(afterA);

        assertThat(value(lab, "c")).isEqualTo("nullac");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void goesIntoAForkWithMemoWithTheStepsThatSavedIt(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String made = calls.raw().child(APPENDING, input).join();
            return calls.task("after", made, s -> s).join();
        });
        Workflow<String, String> workflow = lab.workflow();
        value(lab, "a");
        value(lab, "b");

        RunConfig fork = workflow.fork(T, ForkPoint.before("task:after#1"));
        assertThat(workflow.invoke(Command.proceed(), fork).value()).isEqualTo("nullab");

        assertThat(value(lab, "c")).as("saved by the copied steps").isEqualTo("nullabc");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void staysWhenTheThreadsValueIsSetByHand(Durability durability) throws Exception {
        Lab lab = calling(durability, APPENDING);
        value(lab, "a");
        lab.workflow().updateState(T, "by hand");

        assertThat(value(lab, "b")).isEqualTo("nullab");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isCopiedDeletedAndRetainedWithItsThread(Durability durability) throws Exception {
        Lab lab = calling(durability, APPENDING);
        for (String input : List.of("a", "b", "c")) {
            value(lab, input);
        }
        lab.graph().keepLast("t", 1);
        lab.graph().copyThread("t", "copy");
        lab.graph().deleteThread("t");

        assertThat(lab.workflow().invoke("d", RunConfig.thread("copy")).value()).isEqualTo("nullabcd");
        assertThat(value(lab, "e")).isEqualTo("nulle");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isEncryptedAnewWhereverItIsCarried(Durability durability) throws Exception {
        WorkflowSpec<String, String> child = saving(call -> Final.of("-" + call.previous(), call.arg(0)));
        Codec codec = EncryptingCodec.builder(JsonCodec.standard())
                .key("k", new SecretKeySpec(new byte[32], "AES"))
                .build();
        Lab lab = lab(durability)
                .options(builder -> builder.codec(codec))
                .body((input, calls, run) -> calls.task("before", input, s -> s).join()
                        + calls.raw().child(child, input).join()
                        + calls.task("after", input, s -> s).join());
        value(lab, "a");
        RunConfig fork = lab.workflow().fork(T, ForkPoint.before("task:after#1"));
        lab.workflow().invoke(Command.proceed(), fork);
        lab.graph().copyThread("t", "copy");
        RunConfig copy = RunConfig.thread("copy");
        lab.workflow().updateState(copy, "by hand");

        assertThat(lab.workflow().invoke("b", copy).value()).isEqualTo("b-ab");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void survivesACrashBetweenTheChildAndTheEndOfItsRun(Durability durability) throws Exception {
        AtomicBoolean dies = new AtomicBoolean(true);
        Gate atTheEnd = new Gate();
        Lab lab = lab(durability).body((input, calls, run) -> {
            String made = calls.raw().child(APPENDING, input).join();
            return calls.task("last", made, s -> dies.getAndSet(false) ? atTheEnd.pass(s) : s)
                    .join();
        });
        lab.workflow().invokeAsync("a", T);
        atTheEnd.awaitArrival();
        lab.crash();
        atTheEnd.open();
        if (durability == Durability.EXIT) {
            value(lab, "a");
        } else {
            lab.workflow().invoke(Command.proceed(), T);
        }

        assertThat(value(lab, "b")).isEqualTo("nullab");
    }

    @Test
    void isNotThereWithoutACheckpointer() {
        Lab lab = opened(new Lab(null, Durability.SYNC))
                .body((input, calls, run) -> calls.raw().child(APPENDING, input).join());
        value(lab, "a");

        assertThat(value(lab, "b")).isEqualTo("nullb");
    }
}
