package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Final;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFailedException;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value that is written but cannot be read back is found before it is stored, so no thread becomes unreadable. */
@Timeout(20)
public abstract class ReadBackSuite extends TaskSuite {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final TypeRef<Order> ORDER = TypeRef.of(Order.class);

    public record Order(Broken item) {}

    /** Can be made in two ways, and is read in the one that refuses what is written. */
    public record Broken(String text) {
        public Broken {
            if (text.endsWith("!")) {
                throw new IllegalArgumentException("no exclamation marks");
            }
        }

        @Override
        public String text() {
            return text + "!";
        }
    }

    private static Order order() {
        return new Order(new Broken("x"));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aResultThatCannotBeReadFailsTheRunWithThePath(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> "");
        Workflow<Void, Order> workflow = lab.graph()
                .add(WorkflowSpec.of("Lab.result", TypeRef.of(Void.class), ORDER)
                        .body(call -> order()));

        assertThatThrownBy(() -> workflow.invoke(T))
                .isInstanceOf(WorkflowFailedException.class)
                .hasRootCauseMessage("no exclamation marks")
                .hasMessageContaining("$.item");

        var state = workflow.state(T);
        assertThat(state.status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(state.value()).isNull();
        assertThat(state.failure().message()).contains("$.item");
        assertThat(state.failure().is(CodecException.class)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSavedValueThatCannotBeReadFailsTheRunWithThePath(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> "");
        Workflow<Void, String> workflow = lab.graph()
                .add(WorkflowSpec.of("Lab.saves", TypeRef.of(Void.class), TEXT)
                        .saves(ORDER)
                        .previous(ORDER)
                        .body(call -> Final.of("value", order())));

        assertThatThrownBy(() -> workflow.invoke(T))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("$.item");

        assertThat(workflow.state(T).status()).isEqualTo(ThreadStatus.FAILED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInputThatCannotBeReadIsRefusedAndNothingIsStored(Durability durability) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Lab lab = lab(durability).body((input, calls, run) -> "");
        Workflow<Order, String> workflow =
                lab.graph().add(WorkflowSpec.of("Lab.input", ORDER, TEXT).body(call -> "ran" + ran.incrementAndGet()));

        assertThatThrownBy(() -> workflow.invoke(order(), T))
                .isInstanceOf(CodecException.class)
                .extracting(e -> ((CodecException) e).path())
                .isEqualTo("$.item");

        assertThat(ran).hasValue(0);
        assertThat(workflow.state(T).status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(workflow.state(T).runId()).isNull();
        assertThat(lab.graph().threads(dev.clew.state.ThreadQuery.all())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anUpdateThatCannotBeReadIsRefused(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> "");
        Workflow<Void, Order> workflow = lab.graph()
                .add(WorkflowSpec.of("Lab.result", TypeRef.of(Void.class), ORDER)
                        .body(call -> null));
        workflow.invoke(T);

        assertThatThrownBy(() -> workflow.updateState(T, order())).isInstanceOf(CodecException.class);

        assertThat(workflow.state(T).value()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTasksResultThatCannotBeReadFailsTheStepWithThePath(Durability durability) throws Exception {
        TaskSpec<Order> bad = TaskSpec.of("bad", ORDER).leaf(call -> order());
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                calls.raw().call(bad).join();
                return "joined";
            } catch (TaskFailedException failed) {
                return failed.failure().is(CodecException.class)
                        + failed.failure().message()
                        + pause(run);
            }
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).startsWith("true").contains("$.item").endsWith("on");
    }

    public static final class Unreadable {
        private final String name;

        private Unreadable(String name, int unused) {
            this.name = name + unused;
        }

        public String getName() {
            return name;
        }
    }

    public record Deep(java.util.List<java.util.Optional<Unreadable>> items) {}

    @Test
    void typesThatCannotBeStoredAreRefusedBeforeAnythingRuns() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> "");
        TypeRef<Deep> deep = TypeRef.of(Deep.class);
        TaskSpec<Deep> gives = TaskSpec.of("gives", deep).leaf(call -> null);
        TaskSpec<String> takes =
                TaskSpec.of("takes", TEXT).parameter("deep", deep).leaf(call -> "");

        for (WorkflowSpec<?, ?> spec : java.util.List.of(
                WorkflowSpec.of("Lab.a", deep, TEXT).body(call -> ""),
                WorkflowSpec.of("Lab.b", TEXT, deep).body(call -> null),
                WorkflowSpec.of("Lab.c", TEXT, TEXT).tasks(gives).body(call -> ""),
                WorkflowSpec.of("Lab.d", TEXT, TEXT).tasks(takes).body(call -> ""),
                WorkflowSpec.of("Lab.e", TEXT, TEXT).saves(deep).body(call -> ""))) {
            assertThatThrownBy(() -> lab.graph().add(spec))
                    .isInstanceOf(ClewException.class)
                    .hasMessageContaining("workflow '" + spec.name() + "': ")
                    .hasMessageContaining("no usable constructor")
                    .hasMessageContaining("$.items");
        }
        assertThat(lab.graph().threads(dev.clew.state.ThreadQuery.all())).isEmpty();
    }

    @Test
    void withoutACheckpointerTypesAreNotChecked() {
        Lab lab = unstored().body((input, calls, run) -> "");
        Unreadable value = new Unreadable("a", 1);
        Workflow<Void, Unreadable> workflow = lab.graph()
                .add(WorkflowSpec.of("Lab.any", TypeRef.of(Void.class), TypeRef.of(Unreadable.class))
                        .body(call -> value));

        assertThat(workflow.invoke(RunConfig.thread("t")).value()).isSameAs(value);
    }
}
