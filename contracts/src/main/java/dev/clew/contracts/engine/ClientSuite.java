package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.Worker;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.RunStatus;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients: the workflows of a graph without its code. They enqueue, and execute nothing. */
public abstract class ClientSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");

    private Checkpointer store;
    private LabGraph client;
    private Workflow<String, String> workflow;

    /** A client, and beside it a graph with a worker, if there is a body; both have the workflow of the same name. */
    private Lab lab(Lab.Body body) throws Exception {
        store = store == null ? newStore() : store;
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .options(graph -> graph.worker(WORKER))
                .body(body);
        client = opened(LabGraph.client().checkpointer(store).build());
        // Its code is never called.
        workflow = client.add(WorkflowSpec.of("Lab.run", TEXT, TEXT).body(call -> {
            throw new AssertionError("a client has called the workflow's code");
        }));
        return lab;
    }

    @Test
    void enqueuesWhatAWorkerExecutes() throws Exception {
        Lab lab = lab((input, calls, run) -> input + "!");
        RunHandle<String> handle = workflow.enqueue("rain", Q);
        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);

        lab.graph();

        assertThat(handle.result().value()).isEqualTo("rain!");
        assertThat(workflow.handle(handle.runId(), "t").status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(workflow.state("t").value()).isEqualTo("rain!");
        assertThat(workflow.history("t")).isNotEmpty();
    }

    @Test
    void answersAndCancels() throws Exception {
        Lab lab = lab((input, calls, run) -> run.interrupt(NAME, "who?"));
        lab.graph();
        RunHandle<String> asks = workflow.enqueue("ask", Q);
        assertThat(asks.result()).isInstanceOf(RunResult.Interrupted.class);

        assertThat(workflow.enqueue(Command.resume("ann"), T).result().value()).isEqualTo("ann");

        RunHandle<String> again = workflow.enqueue("ask", Q);
        assertThat(again.result()).isInstanceOf(RunResult.Interrupted.class);
        assertThat(again.cancel()).isTrue();
        assertThatThrownBy(again::result).isInstanceOf(WorkflowCancelledException.class);
    }

    @Test
    void executesNothingAndSaysWhatToDo() throws Exception {
        lab((input, calls, run) -> input);

        assertThatThrownBy(() -> workflow.invoke("rain", T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("enqueue(input, config)");
        assertThatThrownBy(() -> workflow.stream("rain", T).result())
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("enqueue(input, config)");
        assertThatThrownBy(() -> workflow.invoke(Command.resume("ann"), T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("enqueue(answers, config)");
        assertThatThrownBy(() -> workflow.invoke(Command.proceed(), T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("client");
        assertThatThrownBy(client::recover).isInstanceOf(RequestRefusedException.class);
        assertThat(store.thread("t")).isEmpty();
    }

    /** A run that nobody executes any more is waited for, and not continued: its code is not here. */
    @Test
    void waitsForARunThatCrashedUntilAWorkerHasContinuedIt() throws Exception {
        Gate gate = new Gate();
        Lab lab =
                lab((input, calls, run) -> calls.task("work", input, gate::pass).join());
        lab.workflow().invokeAsync("rain", T.runId("r"));
        gate.awaitArrival();
        var result = workflow.handle("r", "t").resultAsync();
        lab.crash();
        gate.awaitArrival();
        assertThat(result).isNotDone();

        gate.open();

        assertThat(result.get(20, java.util.concurrent.TimeUnit.SECONDS).value())
                .isEqualTo("rain");
    }

    @Test
    void hasACheckpointerAndNoWorker() throws Exception {
        store = newStore();

        assertThatThrownBy(() -> LabGraph.client().build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("checkpointer");
        assertThatThrownBy(() ->
                        LabGraph.client().checkpointer(store).worker(WORKER).build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("worker");
    }

    @Test
    void aGraphWithAWorkerHasTheContextsThatItsWorkflowsNeed() throws Exception {
        store = newStore();
        WorkflowSpec<String, String> spec = WorkflowSpec.of("Lab.context", TEXT, TEXT)
                .context(Duration.class)
                .body(call -> call.arg(0));

        assertThatThrownBy(() -> needing(spec).worker(WORKER).build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("java.time.Duration")
                .hasMessageContaining("worker");

        opened(needing(spec).build()).close();
        opened(needing(spec).worker(WORKER).context(Duration.ZERO).build());
    }

    private GraphBuilder<Needing> needing(WorkflowSpec<String, String> spec) {
        return GraphBuilder.of(wiring -> new Needing(wiring, spec)).checkpointer(store);
    }

    /** A graph whose workflow is there when it is built, as that of a generated one. */
    private static final class Needing extends Graph {
        Needing(Wiring wiring, WorkflowSpec<String, String> spec) {
            super(wiring);
            Workflow<String, String> unused = workflow(spec);
        }
    }
}
