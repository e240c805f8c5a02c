package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Stored;
import dev.clew.flow.Durability;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Types change under parked threads and stored values: they decode, migrate, or fail with path and cause. */
public abstract class ValueEvolutionSuite extends EngineSuite {
    record Old(String body, int words) {}

    record New(String text, String words) {}

    private static final Codec PLAIN = JsonCodec.standard();
    private static final Codec MIGRATING = JsonCodec.builder()
            .migrate(New.class, stored -> {
                stored.putIfAbsent("text", stored.remove("body"));
                stored.computeIfPresent("words", (name, words) -> String.valueOf(words));
                return stored;
            })
            .build();

    private final AtomicInteger ran = new AtomicInteger();

    /** A deploy: the same workflow, with values of this type. */
    private <D> Workflow<String, D> deployed(
            Checkpointer store, Durability durability, Codec codec, Class<D> type, D made) {
        LabGraph graph = opened(LabGraph.builder()
                .checkpointer(new ForwardingCheckpointer(store))
                .durability(durability)
                .codec(codec)
                .build());
        TypeRef<D> draft = TypeRef.of(type);
        var compose = TaskSpec.of("compose", draft).leaf(call -> {
            ran.incrementAndGet();
            return made;
        });
        return graph.add(WorkflowSpec.of("Lab.draft", TypeRef.of(String.class), draft)
                .previous(draft)
                .body(call -> {
                    D composed;
                    try {
                        composed = call.scope().call(compose).join();
                    } catch (RuntimeException somethingElse) {
                        composed = null; // a body that would go on without
                    }
                    D before = call.previous();
                    if (call.<String>arg(0).equals("ask")) {
                        call.run().interrupt(TaskSuite.GO, "?");
                    }
                    return before == null ? composed : before;
                }));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B158")
    void migrationBringsOutcomesResultsAndPreviousValuesToTheirPresentForm(Durability durability) throws Exception {
        Checkpointer store = newStore();
        var old = deployed(store, durability, PLAIN, Old.class, new Old("rain", 1));
        old.invoke("first", T);
        old.invoke("ask", T);

        var fresh = deployed(store, durability, MIGRATING, New.class, new New("never", "0"));

        assertThat(fresh.history("t")).extracting(HistoryEntry::value).containsOnly(new New("rain", "1"), null);
        assertThat(fresh.invoke(Command.resume("on"), T).value()).isEqualTo(new New("rain", "1"));
        assertThat(ran).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B158")
    void anOutcomeThatFitsNoMoreBlocksTheThreadUntilItIsMigrated(Durability durability) throws Exception {
        Checkpointer store = newStore();
        deployed(store, durability, PLAIN, Old.class, new Old("rain", 1)).invoke("ask", T);
        var broken = deployed(store, durability, PLAIN, New.class, new New("never", "0"));

        assertThatThrownBy(() -> broken.invoke(Command.resume("on"), T))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("step 'task:compose#1'")
                .hasMessageContaining("expected text, found an integer")
                .hasMessageContaining("migration")
                .extracting(thrown -> ((CodecException) thrown).path())
                .isEqualTo("$.words");

        assertThat(broken.state(T).status()).isEqualTo(ThreadStatus.BLOCKED);
        assertThat(broken.state(T).blockedBy()).contains("$.words");
        var fixed = deployed(store, durability, MIGRATING, New.class, new New("never", "0"));
        assertThat(fixed.invoke(Command.proceed(), T).value()).isEqualTo(new New("rain", "1"));
        assertThat(ran).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B158")
    void aPreviousValueThatFitsNoMoreRefusesTheRunAndChangesNothing(Durability durability) throws Exception {
        Checkpointer store = newStore();
        deployed(store, durability, PLAIN, Old.class, new Old("rain", 1)).invoke("first", T);
        Stored before = Stored.of(store, "t");
        var broken = deployed(store, durability, PLAIN, New.class, new New("never", "0"));

        assertThatThrownBy(() -> broken.invoke("second", T))
                .isInstanceOf(CodecException.class)
                .hasMessageContainingAll("the value of thread 't'", "$.words", "migration");

        assertThat(Stored.of(store, "t")).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aValueThatFitsNoMoreLeavesItsThreadUsableAndSaysWhereItIs(Durability durability) throws Exception {
        Checkpointer store = newStore();
        RunConfig job = RunConfig.once("t");
        Object first = deployed(store, durability, PLAIN, Old.class, new Old("rain", 1))
                .invoke("first", job);
        var broken = deployed(store, durability, PLAIN, New.class, new New("never", "0"));

        assertThat(first).isNotNull();
        assertThat(broken.state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(broken.state("t").value()).isNull();
        assertThat(broken.state("t").unreadable()).contains("thread 't'", "$.words", "expected text, found an integer");
        assertThat(broken.state("t").steps()).hasSize(1);
        assertThat(broken.history("t")).hasSize(2).first().satisfies(entry -> {
            assertThat(entry.value()).isNull();
            assertThat(entry.unreadable()).contains("$.words");
        });
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> broken.invoke("first", job), () -> broken.invoke(Command.proceed(), T))) {
            assertThatThrownBy(call)
                    .isInstanceOf(CodecException.class)
                    .hasMessageContainingAll("the value of thread 't'", "$.words", "migration");
        }
        RunConfig branch = broken.fork(T, ForkPoint.before("task:compose#1"));
        assertThat(broken.invoke(Command.proceed(), branch).value()).isEqualTo(new New("never", "0"));
        assertThat(broken.state("t").unreadable()).isNull();
        broken.updateState(T, new New("set", "0"));
        assertThat(broken.invoke("next", T).value()).isEqualTo(new New("set", "0"));
    }

    /** A deploy whose input has this type; its body asks, so that it can be continued. */
    private <D> Workflow<D, String> asking(Checkpointer store, Durability durability, Codec codec, Class<D> type) {
        LabGraph graph = opened(LabGraph.builder()
                .checkpointer(new ForwardingCheckpointer(store))
                .durability(durability)
                .codec(codec)
                .build());
        return graph.add(WorkflowSpec.of("Lab.asking", TypeRef.of(type), TypeRef.of(String.class))
                .body(call -> {
                    D input = call.arg(0);
                    call.run().interrupt(TaskSuite.GO, "?");
                    return String.valueOf(input);
                }));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInputThatFitsNoMoreBlocksTheRunUntilItIsMigrated(Durability durability) throws Exception {
        Checkpointer store = newStore();
        RunConfig job = RunConfig.once("t");
        asking(store, durability, PLAIN, Old.class).invoke(new Old("rain", 1), job);
        var broken = asking(store, durability, PLAIN, New.class);

        assertThatThrownBy(() -> broken.invoke(new New("rain", "1"), job))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.OTHER_INPUT))
                .hasMessageContainingAll("thread 't'", "$.words");
        assertThatThrownBy(() -> broken.invoke(Command.resume("on"), T))
                .isInstanceOf(CodecException.class)
                .hasMessageContainingAll("the input", "thread 't'", "$.words");

        assertThat(broken.state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
        assertThat(broken.state("t").blockedBy()).contains("$.words");
        var fixed = asking(store, durability, MIGRATING, New.class);
        assertThat(fixed.invoke(Command.proceed(), T).value()).isEqualTo("New[text=rain, words=1]");
        assertThat(fixed.invoke(new New("rain", "1"), job).value()).isEqualTo("New[text=rain, words=1]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aPreviousValueThatFitsNoMoreBlocksARunThatContinuesUntilItIsMigrated(Durability durability) throws Exception {
        Checkpointer store = newStore();
        var old = deployed(store, durability, PLAIN, Old.class, new Old("rain", 1));
        old.invoke("first", T);
        old.invoke("ask", T);
        LabGraph graph = opened(LabGraph.builder()
                .checkpointer(new ForwardingCheckpointer(store))
                .durability(durability)
                .codec(PLAIN)
                .build());
        var broken = graph.add(WorkflowSpec.of("Lab.draft", TypeRef.of(String.class), TypeRef.of(New.class))
                .previous(TypeRef.of(New.class))
                .body(call -> call.previous()));

        assertThatThrownBy(() -> broken.invoke(Command.resume("on"), T))
                .isInstanceOf(CodecException.class)
                .hasMessageContainingAll("@Previous", "$.words");

        assertThat(broken.state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
        var fixed = deployed(store, durability, MIGRATING, New.class, new New("never", "0"));
        assertThat(fixed.invoke(Command.proceed(), T).value()).isEqualTo(new New("rain", "1"));
    }
}
