package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.LabGraph;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A graph that is closed while its run waits to start a workflow of another graph. */
@Timeout(60)
class DetachedClosingTest extends EngineSuite implements OnMemory {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final RunConfig OWN = RunConfig.thread("own");

    @Test
    void asksTheOtherGraphNoMoreOnceItIsClosed() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Gate gate = new Gate();
        LabGraph other = opened(LabGraph.builder()
                .checkpointer(new ForwardingCheckpointer(newStore()) {
                    @Override
                    protected void before(String call) {
                        if (call.equals("run")) {
                            reads.incrementAndGet();
                        }
                    }
                })
                .build());
        Workflow<String, String> child =
                other.add(WorkflowSpec.of("Lab.child", TEXT, TEXT).body(call -> gate.pass(call.<String>arg(0))));
        CompletableFuture<RunResult<String>> first = child.invokeAsync("first", OWN);
        gate.awaitArrival();
        RunConfig patient = OWN.whenBusy(WhenBusy.waitUpTo(Duration.ofMinutes(1)));
        Lab lab = opened(new Lab(newStore(), Durability.SYNC))
                .options(graph -> graph.closeTimeout(Duration.ZERO))
                .body((input, calls, run) ->
                        run.child(child).on(patient).launch(input).join());
        lab.workflow().invokeAsync("second", T);
        Eventually.until(() -> reads.get() > 5);

        lab.close();

        int before = reads.get();
        long began = System.nanoTime();
        // The other graph itself looks every 10 ms whether its thread is free.
        Eventually.until(() -> reads.get() > before + 30);
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(200));
        gate.open();
        assertThat(first.get(8, TimeUnit.SECONDS).value()).isEqualTo("first");
        lab.graph().recover();
        assertThat(lab.workflow()
                        .invokeAsync(Command.proceed(), T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(8))))
                        .get(8, TimeUnit.SECONDS)
                        .value())
                .startsWith("child-");
    }
}
