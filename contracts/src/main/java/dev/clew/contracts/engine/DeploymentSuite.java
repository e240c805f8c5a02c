package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestDeployments;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.Worker;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers of several versions of the code that share a queue. */
public abstract class DeploymentSuite extends EngineSuite {
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private Checkpointer store;

    /** A process of a deployment, whose body calls this task first, then asks, then calls another one. */
    private Lab deployed(String deployment, String task, Durability durability) throws Exception {
        store = store == null ? newStore() : store;
        return opened(new Lab(new SecondDoor(store), durability))
                .options(graph -> graph.worker(WORKER).deployment(deployment))
                .body((input, calls, run) -> {
                    String first = calls.task(task, input, in -> in + " by " + deployment)
                            .join();
                    String answer = run.interrupt(NAME, "who?");
                    return first + ", " + answer + " at " + deployment;
                });
    }

    private RunHandle<String> asking(Lab lab) {
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);
        return handle;
    }

    /** A worker counts once it has looked at the queue from now on; one that was closed does not. */
    private void awaitWorkers(Lab lab, int workers) {
        Instant now = store.now();
        Eventually.until(() -> lab.graph().queue("q").state().workers().stream()
                        .filter(worker -> worker.seenAt().isAfter(now))
                        .map(WorkerRecord::deployment)
                        .distinct()
                        .count()
                == workers);
    }

    private RequestDeployments deployments(RunHandle<String> handle) {
        return store.queue().find("t", handle.runId()).orElseThrow().deployments();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunOfOldCodeIsContinuedByOldCodeWhileThatIsThere(Durability durability) throws Exception {
        Lab old = deployed("old", "first", durability);
        RunHandle<String> handle = asking(old);
        old.close();
        Lab recent = deployed("new", "other", durability);
        recent.workflow();
        old.workflow();
        awaitWorkers(recent, 2);

        recent.workflow().enqueue(Command.resume("ann"), T);

        RunResult<String> result = recent.workflow().handle(handle.runId(), "t").result();
        assertThat(result.value()).isEqualTo("x by old, ann at old");
        assertThat(recent.ran()).doesNotContain("other");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunOfNewCodeIsContinuedByNewCodeWhileOldWorkersAreThere(Durability durability) throws Exception {
        Lab recent = deployed("new", "other", durability);
        RunHandle<String> handle = asking(recent);
        recent.close();
        Lab old = deployed("old", "first", durability);
        old.workflow();
        recent.workflow();
        awaitWorkers(old, 2);

        old.workflow().enqueue(Command.resume("ann"), T);

        assertThat(old.workflow().handle(handle.runId(), "t").result().value()).isEqualTo("x by new, ann at new");
    }

    @Test
    void aRunIsBlockedIfNoOtherDeploymentIsLeftAndProceedsAfterAFix() throws Exception {
        Lab old = deployed("old", "first", Durability.ASYNC);
        RunHandle<String> handle = asking(old);
        old.close();
        Lab recent = deployed("new", "other", Durability.ASYNC);

        recent.workflow().enqueue(Command.resume("ann"), T);

        RunHandle<String> here = recent.workflow().handle(handle.runId(), "t");
        Eventually.until(() -> here.status() == RunStatus.BLOCKED);
        recent.close();
        Lab fixed = deployed("fixed", "first", Durability.ASYNC);
        assertThat(fixed.workflow().enqueue(Command.proceed(), T).result().value())
                .isEqualTo("x by old, ann at fixed");
    }

    @Test
    void aRunIsBlockedIfAllDeploymentsHaveTriedIt() throws Exception {
        Lab old = deployed("old", "first", Durability.ASYNC);
        RunHandle<String> handle = asking(old);
        old.close();
        Lab one = deployed("one", "other", Durability.ASYNC);
        Lab two = deployed("two", "another", Durability.ASYNC);
        one.workflow();
        two.workflow();
        awaitWorkers(one, 2);

        one.workflow().enqueue(Command.resume("ann"), T);

        RunHandle<String> here = one.workflow().handle(handle.runId(), "t");
        Eventually.until(() -> here.status() == RunStatus.BLOCKED);
        assertThat(deployments(handle).excluded()).hasSize(1);
    }

    @Test
    void aMismatchIsAVerdictOfTheDeploymentThatWroteTheRunLast() throws Exception {
        Lab same = deployed("same", "first", Durability.ASYNC);
        RunHandle<String> handle = asking(same);
        same.close();
        Lab other = deployed("other", "first", Durability.ASYNC);
        other.graph().queue("q").pause();
        other.close();
        Lab changed = deployed("same", "other", Durability.ASYNC);
        changed.workflow().enqueue(Command.resume("ann"), T);

        RunHandle<String> here = changed.workflow().handle(handle.runId(), "t");

        Eventually.until(() -> here.status() == RunStatus.BLOCKED);
    }

    @Test
    void anInputThatCannotBeReadIsLeftToAnotherDeployment() throws Exception {
        Lab old = deployed("old", "first", Durability.ASYNC);
        old.workflow();
        WorkerRecord recent = new WorkerRecord("elsewhere", "q", Set.of("Lab.run"), 1, store.now(), "new");
        store.queue().tend(recent);
        byte[] unreadable = {0x7b};
        store.queue()
                .enqueue(
                        new QueuedRun(
                                "t", "r", "q", "Lab.run", 0, null, false, Duration.ZERO, unreadable, unreadable, "new"),
                        WhenOccupied.WAIT);
        RunHandle<String> handle = old.workflow().handle("r", "t");

        Eventually.until(() -> deployments(handle).excluded().contains("old"));

        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(store.queue().find("t", "r").orElseThrow().attempts()).isZero();
    }

    @Test
    void anInputThatCannotBeReadIsHeldIfNoOtherDeploymentIsLeft() throws Exception {
        Lab old = deployed("old", "first", Durability.ASYNC);
        old.workflow();
        byte[] unreadable = {0x7b};
        store.queue()
                .enqueue(
                        new QueuedRun(
                                "t", "r", "q", "Lab.run", 0, null, false, Duration.ZERO, unreadable, unreadable, "new"),
                        WhenOccupied.WAIT);

        RunHandle<String> handle = old.workflow().handle("r", "t");

        Eventually.until(() -> handle.status() == RunStatus.HELD);
    }
}
