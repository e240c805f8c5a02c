package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LocalWorker;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that are stopped and started while their graph is open. */
@Timeout(60)
public abstract class StoppedWorkersSuite extends EngineSuite {
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");

    private Checkpointer store;

    private Lab working(Worker worker) throws Exception {
        store = store == null ? newStore() : store;
        return opened(new Lab(new SecondDoor(store), Durability.ASYNC)).options(graph -> graph.worker(worker));
    }

    @Test
    void whatExecutesContinuesAndNothingIsTakenUntilTheStart() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(WORKER)
                .body((input, calls, run) -> input.equals("slow")
                        ? calls.task("slow", input, gate::pass).join()
                        : input);
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q);
        gate.awaitArrival();
        LocalWorker worker = lab.graph().worker("q");
        assertThat(worker.running()).isOne();
        assertThat(worker.isTaking()).isTrue();

        worker.stop();
        worker.stop();

        assertThat(worker.isTaking()).isFalse();
        // A look that was under way may have registered the worker once more, and takes that back.
        Eventually.until(() -> lab.graph().queue("q").state().workers().isEmpty());
        RunHandle<String> next =
                lab.workflow().enqueue("next", RunConfig.thread("other").queue("q"));
        gate.open();
        assertThat(slow.result().value()).isEqualTo("slow");
        Eventually.until(() -> worker.running() == 0);
        assertThat(next.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(lab.graph().queue("q").depth()).isOne();

        worker.start();

        assertThat(next.result().value()).isEqualTo("next");
        worker.start();
        Eventually.until(() -> lab.graph().queue("q").state().workers().size() == 1);
    }

    @Test
    void whatWasTakenAndNotOpenedIsGivenBackAtOnce() throws Exception {
        HoldingExecutor executor = new HoldingExecutor();
        Lab lab = working(WORKER).options(graph -> graph.worker(WORKER).executor(executor));
        lab.body((input, calls, run) -> input);
        executor.holding = true;
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        LocalWorker worker = lab.graph().worker("q");
        Eventually.until(() -> row(handle).state() == RequestState.TAKEN && worker.running() == 1);

        worker.stop();

        // The take may have been on its way back to the worker.
        Eventually.until(() -> row(handle).state() == RequestState.READY);
        assertThat(row(handle).attempts()).isZero();
        Eventually.until(() -> worker.running() == 0);
        executor.release();
        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);
        worker.start();
        assertThat(handle.result().value()).isEqualTo("x");
        lab.close();
        executor.threads.shutdown();
    }

    private RequestRow row(RunHandle<String> handle) {
        return store.queue().find(handle.threadId(), handle.runId()).orElseThrow();
    }

    @Test
    void otherWorkersTakeWhatAStoppedOneLeaves() throws Exception {
        Lab one = working(WORKER).body((input, calls, run) -> input);
        Lab two = working(WORKER).spec(one.spec());
        one.graph().worker("q").stop();

        two.graph();

        assertThat(one.workflow().enqueue("x", Q).result().value()).isEqualTo("x");
        assertThat(one.graph().queue("q").state().workers()).hasSize(1);
    }

    @Test
    void aQueueWithoutWorkerAndAClosedGraphRefuse() throws Exception {
        Lab lab = working(WORKER).body((input, calls, run) -> input);
        LocalWorker worker = lab.graph().worker("q");

        assertThatThrownBy(() -> lab.graph().worker("other"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("no worker of queue 'other'");
        lab.close();
        assertThat(worker.isTaking()).isFalse();
        assertThatThrownBy(worker::start).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(worker::stop).isInstanceOf(RequestRefusedException.class);
    }

    /** Holds what is handed over by work that it executes, such as the beginnings of runs by a look at a queue. */
    private static final class HoldingExecutor implements Executor {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
        private final List<Runnable> held = new CopyOnWriteArrayList<>();
        private volatile boolean holding;

        @Override
        public void execute(Runnable work) {
            if (holding && inside.get()) {
                held.add(work);
                return;
            }
            threads.execute(() -> {
                inside.set(true);
                try {
                    work.run();
                } finally {
                    inside.set(false);
                }
            });
        }

        void release() {
            holding = false;
            held.forEach(Runnable::run);
        }
    }
}
