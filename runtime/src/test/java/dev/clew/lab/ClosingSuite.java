package dev.clew.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Durability;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.checkpoint.Write;
import dev.clew.flow.Command;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What closing a graph does to its runs: they are drained, or sealed and left recoverable. */
@Tag("B147")
public abstract class ClosingSuite extends EngineSuite {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Lab waiting(Durability durability, Duration patience) throws Exception {
        return lab(durability).options(graph -> graph.closeTimeout(patience)).body((input, calls, run) -> {
            String first = calls.task("first", input, s -> s).join();
            String held = calls.task("held", first, s -> {
                        reached.countDown();
                        goOn.await();
                        return s + "!";
                    })
                    .join();
            return calls.task("after", held, s -> s + "?").join();
        });
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void letsARunningRunCallTasksAndFinishButTakesNoNewOne(Durability durability) throws Exception {
        Lab lab = waiting(durability, Duration.ofSeconds(20));
        Workflow<String, String> workflow = lab.workflow();
        LabGraph graph = lab.graph();
        CompletableFuture<RunResult<String>> result = workflow.invokeAsync("x", T);
        reached.await();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(graph::close);
        Eventually.until(() -> refuses(workflow));
        goOn.countDown();
        closing.get();

        assertThat(result.get().value()).isEqualTo("x!?");
        assertThat(lab.restart().workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
    }

    private static boolean refuses(Workflow<String, String> workflow) {
        return workflow.invokeAsync("y", T.whenBusy(dev.clew.flow.WhenBusy.reject()))
                .handle((value, error) -> error instanceof RequestRefusedException
                        || error != null && error.getCause() instanceof RequestRefusedException)
                .join();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void sealsARunThatDoesNotEndInTimeAndLeavesItRecoverable(Durability durability) throws Exception {
        Lab lab = waiting(durability, Duration.ZERO);
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        reached.await();

        lab.restart();
        goOn.countDown();

        assertThatThrownBy(result::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RequestRefusedException.class);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x!?");
        assertThat(lab.ran("first")).isEqualTo(1);
    }

    /** The claim is stored when the graph is closed already. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatIsClaimedWhileTheGraphClosesDoesNotGoOn(Durability durability) throws Exception {
        Checkpointer store = newStore();
        AtomicReference<Runnable> afterClaim = new AtomicReference<>(() -> {});
        Checkpointer slow = new ForwardingCheckpointer(store) {
            @Override
            public Optional<Claim> claim(ClaimRequest request, Write first) {
                Optional<Claim> claim = super.claim(request, first);
                afterClaim.getAndSet(() -> {}).run();
                return claim;
            }
        };
        Lab lab = opened(new Lab(slow, durability))
                .options(graph -> graph.closeTimeout(Duration.ZERO))
                .body((input, calls, run) -> calls.task("step", run.interrupt("go on?") + input, s -> s)
                        .join());
        Workflow<String, String> workflow = lab.workflow();
        workflow.invoke("x", T);
        LabGraph graph = lab.graph();
        afterClaim.set(graph::close);

        assertThatThrownBy(() -> workflow.invoke(Command.resume("yes, "), T))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.CLOSED));

        assertThat(lab.ran()).isEmpty();
        Lab after = opened(new Lab(store, durability)).spec(lab.spec());
        RunResult<String> result = after.workflow().invoke(Command.proceed(), T);
        if (result instanceof RunResult.Interrupted<String>) {
            result = after.workflow().invoke(Command.resume("yes, "), T);
        }
        assertThat(result.value()).isEqualTo("yes, x");
    }
}
