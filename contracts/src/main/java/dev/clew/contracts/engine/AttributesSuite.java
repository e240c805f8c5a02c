package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.GraphBuilder;
import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.Worker;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ForkPoint;
import dev.clew.value.Attributes;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contexts that are made of what is attached to a run, wherever it executes. */
public abstract class AttributesSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");

    private Checkpointer store;

    /** A context. */
    public record Tenant(String name, List<String> roles) {}

    private static Tenant tenant(Attributes attributes) {
        return attributes.find("tenant", Tenant.class).orElse(new Tenant("nobody", List.of()));
    }

    /** Tells the tenant before and after a question. */
    private static final WorkflowSpec<String, String> SPEC = WorkflowSpec.of(
                    "Lab.run", TypeRef.of(String.class), TypeRef.of(String.class))
            .context(Tenant.class)
            .body(call -> {
                String before = call.context(Tenant.class).name();
                String answer = call.<String>arg(0).equals("ask") ? call.run().interrupt(NAME, "who?") : "";
                return before + answer + call.context(Tenant.class).roles();
            });

    private Checkpointer store() throws Exception {
        store = store == null ? newStore() : store;
        return store;
    }

    private static GraphBuilder<LabGraph> tenants(GraphBuilder<LabGraph> graph) {
        return graph.context(Tenant.class, AttributesSuite::tenant);
    }

    private Lab working(Durability durability) throws Exception {
        return opened(new Lab(store(), durability).spec(SPEC).options(graph -> tenants(graph.worker(WORKER))));
    }

    private static RunConfig of(RunConfig config, String tenant) {
        return config.attributes(Map.of("tenant", Map.of("name", tenant, "roles", List.of("reader"))));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aQueuedRunHasTheContextThatIsMadeOfItsAttributesWhenItContinuesToo(Durability durability) throws Exception {
        Lab lab = working(durability);
        lab.workflow().enqueue("ask", of(Q.runId("r"), "acme"));
        RunResult<String> paused = lab.workflow().handle("r", "t").result();
        assertThat(paused).isInstanceOf(RunResult.Interrupted.class);

        lab.restart();
        lab.workflow().enqueue(Command.resume("!"), T);

        assertThat(lab.workflow().handle("r", "t").result().value()).isEqualTo("acme![reader]");
        assertThat(lab.workflow().enqueue("x", Q).result().value()).isEqualTo("nobody[]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatIsInvokedHasItToo(Durability durability) throws Exception {
        Lab lab = opened(new Lab(store(), durability).spec(SPEC).options(AttributesSuite::tenants));
        assertThat(lab.workflow().invoke("ask", of(T, "acme"))).isInstanceOf(RunResult.Interrupted.class);
        lab.restart();

        assertThat(lab.workflow().invoke(Command.resume("!"), T).value()).isEqualTo("acme![reader]");
    }

    @Test
    void aForkHasTheAttributesOfTheRunThatItComesFromUnlessItHasItsOwn() throws Exception {
        Lab lab = opened(new Lab(store(), Durability.SYNC).spec(SPEC).options(AttributesSuite::tenants));
        assertThat(lab.workflow().invoke("ask", of(T, "acme"))).isInstanceOf(RunResult.Interrupted.class);
        String asking = lab.workflow().state("t").checkpointId();

        RunConfig same = lab.workflow().fork(T.checkpoint(asking), ForkPoint.before("ask:name#1"));
        lab.restart();
        assertThat(lab.workflow().invoke(Command.proceed(), T)).isInstanceOf(RunResult.Interrupted.class);
        assertThat(lab.workflow().invoke(Command.resume("!"), T).value()).isEqualTo("acme![reader]");

        RunConfig other = lab.workflow().fork(of(T.checkpoint(asking), "umbrella"), ForkPoint.before("ask:name#1"));
        lab.restart();
        assertThat(lab.workflow().invoke(Command.proceed(), T)).isInstanceOf(RunResult.Interrupted.class);
        assertThat(lab.workflow().invoke(Command.resume("?"), T).value()).isEqualTo("umbrella?[reader]");
        assertThat(same.checkpoint()).isNotEqualTo(other.checkpoint());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aChildThatAWorkerExecutesHasTheAttributesOfItsParent(Durability durability) throws Exception {
        RunConfig own = RunConfig.thread("own").queue("q");
        AtomicReference<Workflow<String, String>> child = new AtomicReference<>();
        Lab lab = new Lab(store(), durability) {
            @Override
            protected void opened() {
                child.set(graph().add(WorkflowSpec.of("Lab.child", TypeRef.of(String.class), TypeRef.of(String.class))
                        .context(Tenant.class)
                        .body(call -> call.context(Tenant.class).name())));
            }
        };
        opened(lab)
                .options(graph -> tenants(graph.worker(WORKER)))
                .body((input, calls, run) -> run.child(child.get())
                        .on(input.equals("other") ? of(own, "umbrella") : own)
                        .start(input)
                        .join());

        assertThat(lab.workflow().invoke("same", of(T, "acme")).value()).isEqualTo("acme");
        assertThat(lab.workflow().invoke("other", of(T, "acme")).value()).isEqualTo("umbrella");
    }

    @Test
    void theNearestContextIsTaken() throws Exception {
        Lab lab = opened(new Lab(store(), Durability.ASYNC)
                .spec(SPEC)
                .options(graph -> tenants(graph).context(new Tenant("builder", List.of()))));

        assertThat(lab.workflow().invoke("x", of(T, "acme")).value()).isEqualTo("acme[reader]");
        assertThat(lab.workflow()
                        .invoke("x", of(T, "acme").context(new Tenant("given", List.of())))
                        .value())
                .isEqualTo("given[]");
    }

    @Test
    void whatCannotBeMadeOrStoredIsRefusedAndStoresNothing() throws Exception {
        Lab lab = working(Durability.ASYNC);

        assertThatThrownBy(() -> lab.workflow().enqueue("x", Q.attributes(Map.of("tenant", 7))))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_CONTEXT))
                .hasMessageContaining("tenant");
        assertThatThrownBy(() -> lab.workflow().invoke("x", T.attributes(Map.of("tenant", 7))))
                .isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> lab.workflow().enqueue("x", Q.attributes(Map.of("large", "x".repeat(70_000)))))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("65536");
        assertThat(lab.graph().queue("q").requests()).isEmpty();
        assertThat(store().thread("t")).isEmpty();
    }

    @Test
    void whoOnlyEnqueuesNeedsNoContexts() throws Exception {
        Lab front = opened(new Lab(new SecondDoor(store()), Durability.ASYNC).spec(SPEC));
        Lab worker = working(Durability.ASYNC);
        worker.workflow();

        assertThat(front.workflow().enqueue("x", of(Q, "acme")).result().value())
                .isEqualTo("acme[reader]");
    }
}
