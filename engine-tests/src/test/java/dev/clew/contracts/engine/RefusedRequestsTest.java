package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Stored;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ForkPoint;
import dev.clew.value.TypeRef;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each reason for which a request is refused, and that the refusal stored nothing. */
class RefusedRequestsTest extends EngineSuite implements OnMemory {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private final Checkpointer store = Checkpointer.inMemory();
    private final Lab lab = opened(new Lab(store, Durability.SYNC))
            .body((input, calls, run) -> input.equals("ask")
                    ? run.interrupt(TaskSuite.GO, "?")
                    : calls.task("t", input, s -> s).join());

    @Override
    protected Checkpointer newStore() {
        return store;
    }

    private void refused(Reason reason, ThrowingCallable request) {
        Stored before = store.thread("t").isEmpty() ? null : Stored.of(store, "t");
        RequestRefusedException refusal = catchThrowableOfType(RequestRefusedException.class, request);
        assertThat(refusal).as("refused for %s", reason).isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(store.thread("t").isEmpty() ? null : Stored.of(store, "t")).isEqualTo(before);
    }

    @Test
    void saysWhatIsWrongWithTheRequestItself() {
        refused(Reason.INVALID, () -> lab.workflow().invoke((String) null, T));
        refused(Reason.INVALID, () -> lab.workflow().invoke(T));
        refused(Reason.INVALID, () -> lab.graph().keepLast(0));
    }

    @Test
    void saysWhatTheGraphDoesNotHave() {
        Workflow<String, String> needy = lab.graph()
                .add(WorkflowSpec.of("Lab.needy", TEXT, TEXT)
                        .context(Integer.class)
                        .body(call -> "x"));
        Lab unstored = opened(new Lab(null, Durability.SYNC)).body((input, calls, run) -> input);

        refused(Reason.NO_CONTEXT, () -> needy.invoke("x", RunConfig.thread("n")));
        refused(Reason.NO_CHECKPOINTER, () -> unstored.workflow().state("t"));
        refused(Reason.NO_CHECKPOINTER, () -> unstored.workflow().invoke(Command.proceed(), T));
        refused(Reason.NO_CHECKPOINTER, () -> unstored.workflow().invoke("x", RunConfig.once("job")));
        refused(
                Reason.NO_CHECKPOINTER,
                () -> unstored.workflow().stream("x", RunConfig.once("job")).result());
        refused(Reason.UNKNOWN, () -> lab.graph().clearCache("nowhere"));
        refused(Reason.NOT_RUNNING, () -> lab.workflow().watch("t"));
        refused(Reason.TAKEN, () -> lab.graph().add(lab.spec()));
    }

    @Test
    void saysThatTheGraphIsClosed() {
        LabGraph graph =
                LabGraph.builder().checkpointer(Checkpointer.inMemory()).build();
        Workflow<String, String> workflow = graph.add(lab.spec());
        graph.close();

        refused(Reason.CLOSED, () -> workflow.invoke("x", T));
        refused(Reason.CLOSED, graph::recover);
    }

    @Test
    @Tag("B234")
    void saysWhatTheThreadIsNot() {
        Workflow<String, String> other =
                lab.graph().add(WorkflowSpec.of("Lab.other", TEXT, TEXT).body(call -> "x"));
        refused(Reason.NEVER_RAN, () -> lab.workflow().invoke(Command.proceed(), T));
        refused(Reason.NEVER_RAN, () -> lab.workflow().fork(T));
        refused(Reason.NEVER_RAN, () -> lab.graph().copyThread("t", "u"));
        lab.workflow().invoke("a", T.runId("first"));
        lab.graph().copyThread("t", "u");
        String old = lab.workflow().history("t").get(1).id();
        RunConfig abandoning = T.whenInterrupted(WhenInterrupted.ABANDON);
        lab.workflow().invoke("ask", T);

        refused(Reason.OTHER_WORKFLOW, () -> other.invoke("a", T));
        refused(Reason.OTHER_WORKFLOW, () -> other.history("t"));
        refused(Reason.OTHER_WORKFLOW, () -> other.updateState(T, "x"));
        refused(Reason.OTHER_INPUT, () -> lab.workflow().invoke("b", T.runId("first")));
        refused(Reason.REPLACED, () -> lab.workflow().invoke(Command.proceed(), T.runId("first")));
        refused(Reason.REPLACED, () -> lab.workflow().invoke(Command.proceed(), T.checkpoint(old)));
        refused(Reason.UNKNOWN, () -> lab.workflow().invoke(Command.proceed(), T.runId("none")));
        refused(Reason.UNKNOWN, () -> lab.workflow().invoke("a", abandoning.checkpoint("none")));
        refused(Reason.UNKNOWN, () -> lab.workflow().fork(T, ForkPoint.after("task:none#1")));
        refused(Reason.TAKEN, () -> lab.workflow().fork(T.runId("first")));
        refused(Reason.TAKEN, () -> lab.graph().copyThread("t", "u"));
        refused(Reason.INTERRUPTED, () -> lab.workflow().invoke("b", T));
        assertThat(lab.workflow().cancel("t")).isTrue();
        refused(Reason.CANCELLED, () -> lab.workflow().invoke(Command.proceed(), T));
        assertThat(store.checkpoints(CheckpointQuery.of("t"))).hasSize(3);
    }
}
