package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody without the workflow's classes sees what queues hold, and puts it right. */
@Timeout(20)
public abstract class OperatorQueueSuite extends EngineSuite {
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));

    private Checkpointer store;
    private Operator operator;

    @BeforeEach
    void open() throws Exception {
        store = newStore();
        operator = opened(Operator.of(store));
    }

    private Lab web() throws Exception {
        return opened(new Lab(store, Durability.ASYNC)).body((input, calls, run) -> input);
    }

    private Lab working() throws Exception {
        return opened(new Lab(store, Durability.ASYNC)).options(graph -> graph.worker(WORKER));
    }

    private static RunConfig job(String thread, String id) {
        return RunConfig.thread(thread).runId(id).queue("q");
    }

    private List<String> ids(QueueQuery query) {
        return operator.requests(query).stream()
                .map(row -> row.request().requestId())
                .toList();
    }

    @Test
    void requestsAreListedByQueueStateThreadAndWorkflow() throws Exception {
        Lab web = web();
        web.workflow().enqueue("one", job("a", "a1"));
        web.workflow().enqueue("two", job("a", "a2"));
        web.workflow().enqueue("three", job("b", "b1").queue("other"));

        assertThat(ids(QueueQuery.all())).containsExactly("a1", "a2", "b1");
        assertThat(ids(QueueQuery.all().queue("q"))).containsExactly("a1", "a2");
        assertThat(ids(QueueQuery.all().thread("b"))).containsExactly("b1");
        assertThat(ids(QueueQuery.all().state(RequestState.WAITING))).containsExactly("a2");
        assertThat(ids(QueueQuery.all().workflow("Lab.run"))).containsExactly("a1", "a2", "b1");
        assertThat(ids(QueueQuery.all().workflow("Lab.other"))).isEmpty();
    }

    @Test
    void aListComesPageByPage() throws Exception {
        Lab web = web();
        for (String thread : List.of("a", "b", "c")) {
            web.workflow().enqueue("x", job(thread, "z"));
            web.workflow().enqueue("x", job(thread, "y"));
        }
        QueueQuery page = QueueQuery.all().queue("q").limit(4);
        List<String> seen = new ArrayList<>();
        for (List<RequestRow> rows = operator.requests(page); !rows.isEmpty(); ) {
            rows.forEach(
                    row -> seen.add(row.request().threadId() + row.request().requestId()));
            rows = operator.requests(page.after(rows.get(rows.size() - 1)));
        }

        assertThat(seen).containsExactly("az", "ay", "bz", "by", "cz", "cy");
    }

    @Test
    void aQueueSaysWhatItHoldsAndWhatNobodyTakes() throws Exception {
        Lab web = web();
        web.workflow().enqueue("one", job("a", "a1"));

        QueueState state = operator.queue("q").state();

        assertThat(state.count(RequestState.READY)).isEqualTo(1);
        assertThat(state.untaken()).containsExactly("Lab.run");
        assertThat(state.workers()).isEmpty();
        assertThat(operator.queue("q").depth()).isEqualTo(1);
        assertThat(operator.queue("q").oldest()).isPresent();
        web.close();
        Lab back = working().body((input, calls, run) -> input);
        assertThat(back.workflow().handle("a1", "a").result().value()).isEqualTo("one");
        assertThat(operator.queue("q").state().workers())
                .extracting(WorkerRecord::queue)
                .containsExactly("q");
    }

    @Test
    void aQueueIsPausedConfiguredAndResumed() throws Exception {
        operator.queue("q").configure(QueueSettings.NONE.globalConcurrency(3));
        operator.queue("q").pause();
        Lab back = working().body((input, calls, run) -> input);
        RunHandle<String> waits = back.workflow().enqueue("one", job("a", "a1"));
        assertThat(operator.queue("q").state().settings())
                .isEqualTo(QueueSettings.NONE.globalConcurrency(3).paused(true));
        assertThat(waits.status()).isEqualTo(RunStatus.QUEUED);

        operator.queue("q").resume();

        assertThat(waits.result().value()).isEqualTo("one");
    }

    @Test
    void aRequestIsCancelledBeforeItsRunAndTheNextOnePasses() throws Exception {
        Lab web = web();
        RunHandle<String> first = web.workflow().enqueue("one", job("a", "a1"));
        web.workflow().enqueue("two", job("a", "a2"));

        assertThat(operator.cancel("a", "a1")).isTrue();

        assertThat(operator.cancel("a", "a1")).as("again").isFalse();
        assertThat(first.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(ids(QueueQuery.all().state(RequestState.READY))).containsExactly("a2");
    }

    @Test
    void aRequestIsCancelledWhileItsRunExecutes() throws Exception {
        Gate gate = new Gate();
        Lab back = working()
                .body((input, calls, run) ->
                        calls.task("work", input, gate::pass).join());
        RunHandle<String> handle = back.workflow().enqueue("one", job("a", "a1"));
        gate.awaitArrival();

        assertThat(operator.cancel("a", "a1")).isTrue();

        assertThatThrownBy(handle::result).isInstanceOf(WorkflowCancelledException.class);
        Eventually.until(() -> ids(QueueQuery.all()).isEmpty());
        assertThat(operator.cancel("a", "a1")).as("over").isFalse();
    }

    @Test
    void whatIsOverIsPurgedAndNothingElse() throws Exception {
        Lab web = web();
        for (String id : List.of("a1", "a2", "a3")) {
            web.workflow().enqueue("x", job("a", id));
        }
        operator.cancel("a", "a1");
        operator.cancel("a", "a2");

        assertThat(operator.purge(QueueQuery.all().queue("other"))).isZero();
        assertThat(operator.purge(QueueQuery.all().limit(1))).isEqualTo(1);
        assertThat(operator.purge(QueueQuery.all())).isEqualTo(1);

        assertThat(ids(QueueQuery.all())).containsExactly("a3");
        assertThat(store.queue().remove("a", "a3")).isFalse();
        assertThat(store.queue().remove("a", "a1")).isFalse();
    }
}
