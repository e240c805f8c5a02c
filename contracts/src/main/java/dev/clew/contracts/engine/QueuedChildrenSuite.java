package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Child workflows that workers execute. */
public abstract class QueuedChildrenSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final Worker WORKER = Worker.of("q").concurrency(1).pollEvery(Duration.ofMillis(20));
    private static final RunConfig OWN = RunConfig.thread("own").queue("q");

    private final AtomicReference<Workflow<String, String>> child = new AtomicReference<>();
    private Lab.Body childBody =
            (input, calls, run) -> calls.task("inner", input, s -> s + "!").join();

    /** A lab whose graph has the child and a worker, which takes parents and children. */
    @Override
    protected Lab lab(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = new Lab(store, durability) {
            @Override
            protected void opened() {
                Lab here = this;
                child.set(graph().add(WorkflowSpec.of("Lab.child", TEXT, TEXT)
                        .body(call -> childBody.run(call.arg(0), here.calls(call.scope()), call.run()))));
            }
        };
        return opened(lab)
                .options(graph -> graph.worker(WORKER))
                .body((input, calls, run) ->
                        run.child(child.get()).on(OWN).start(input).join());
    }

    private long begun(String thread) {
        return child.get().history(thread).stream()
                .filter(entry -> entry.source() == CheckpointSource.INPUT)
                .count();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isExecutedByAWorkerAndGivesItsValue(Durability durability) throws Exception {
        Lab lab = lab(durability);

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("a!");

        assertThat(child.get().state("own").value()).isEqualTo("a!");
        assertThat(child.get().state("own").runId()).startsWith("child-");
        assertThat(child.get().history("own").get(0).metadata()).containsKey("clew.parent");
        assertThat(begun("own")).isEqualTo(1);
        assertThat(lab.ran("inner")).isEqualTo(1);
    }

    /** The parent leaves its slot to its children, or the worker would wait for itself. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aWorkerOfOneSlotExecutesAParentAndItsChildren(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            List<TaskFuture<String>> children = List.of(
                    run.child(child.get())
                            .on(RunConfig.thread("one").queue("q"))
                            .start("a"),
                    run.child(child.get())
                            .on(RunConfig.thread("two").queue("q"))
                            .start("b"));
            return String.join(" ", TaskFuture.allOf(children));
        });

        RunHandle<String> parent = lab.workflow().enqueue("-", T.queue("q"));

        assertThat(parent.result(Duration.ofSeconds(30)).value()).isEqualTo("a! b!");
        assertThat(lab.ran("inner")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void isOneRequestAfterACrash(Durability durability) throws Exception {
        Gate gate = new Gate();
        childBody = (input, calls, run) -> {
            String first = calls.task("first", input, s -> s + "1").join();
            return calls.task("second", first, gate::pass).join();
        };
        Lab lab = lab(durability);
        lab.workflow().invokeAsync("a", T.runId("r"));
        gate.awaitArrival();
        String childRun = child.get().state("own").runId();
        lab.crash();
        gate.open();

        lab.graph().recover();

        assertThat(lab.workflow().handle("r", "t").result().value()).isEqualTo("a1");
        assertThat(child.get().state("own").runId()).isEqualTo(childRun);
        assertThat(begun("own")).isEqualTo(1);
        if (durability == Durability.SYNC) {
            assertThat(lab.ran("first")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void asksAPersonAndGoesOnAfterTheAnswer(Durability durability) throws Exception {
        childBody = (input, calls, run) -> run.interrupt(NAME, "who?");
        Lab lab = lab(durability);
        CompletableFuture<String> result = lab.workflow().invokeAsync("a", T).thenApply(done -> done.value());
        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.INTERRUPTED);

        child.get().enqueue(Command.resume("ann"), OWN);

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo("ann");
    }

    @Test
    void tellsItsFailure() throws Exception {
        childBody = (input, calls, run) -> calls.task("inner", input, s -> {
                    throw new IllegalStateException("broken");
                })
                .join();
        Lab lab = lab(Durability.SYNC);

        assertThatThrownBy(() -> lab.workflow().invoke("a", T))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void oneThatWasCancelledBeforeItsTurnFailsItsParent() throws Exception {
        Lab lab = lab(Durability.SYNC);
        lab.graph().queue("q").pause();
        CompletableFuture<?> result = lab.workflow().invokeAsync("a", T);
        Eventually.until(
                () -> lab.graph().queue("q").requests(RequestState.READY).size() == 1);
        String request = lab.graph().queue("q").requests().get(0).request().requestId();

        assertThat(child.get().handle(request, "own").cancel()).isTrue();

        assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("cancelled");
    }

    /** As any child on a thread of its own, it does not end with its parent. */
    @Test
    void outlivesItsParentThatIsCancelled() throws Exception {
        Lab lab = lab(Durability.SYNC);
        lab.graph().queue("q").pause();
        CompletableFuture<?> parent = lab.workflow().invokeAsync("a", T);
        Eventually.until(
                () -> lab.graph().queue("q").requests(RequestState.READY).size() == 1);
        String request = lab.graph().queue("q").requests().get(0).request().requestId();

        assertThat(lab.workflow().cancel("t")).isTrue();
        assertThatThrownBy(() -> parent.get(20, TimeUnit.SECONDS)).hasMessageContaining("cancelled");
        lab.graph().queue("q").resume();

        assertThat(child.get().handle(request, "own").result().value()).isEqualTo("a!");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isLaunchedAndNotWaitedFor(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        run.child(child.get()).on(OWN).launch(input).join());
        lab.graph().queue("q").pause();

        String launched = lab.workflow().invoke("a", T).value();

        RunHandle<String> handle = child.get().handle(launched, "own");
        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);
        lab.graph().queue("q").resume();
        assertThat(handle.result().value()).isEqualTo("a!");
    }

    @Test
    void takesNoContexts() throws Exception {
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> run.child(child.get())
                        .context("of this process")
                        .on(OWN)
                        .start(input)
                        .join());

        assertThatThrownBy(() -> lab.workflow().invoke("a", T)).hasMessageContaining("takes no contexts");
        assertThat(lab.graph().queue("q").requests()).isEmpty();
    }
}
