package dev.clew.samples.durable;

import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.GraphBuilder;
import dev.clew.flow.RunHandle;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import dev.clew.task.TaskTimeoutException;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import java.time.Duration;

class QueuedJobsTest {
    private static GraphBuilder<QueuedJobsGraph> web() {
        return QueuedJobsGraph.clientBuilder();
    }

    private static GraphBuilder<QueuedJobsGraph> worker() {
        return QueuedJobsGraph.builder(new QueuedJobs()).worker(Worker.of("reports"));
    }

    /** The side of the web server, which only enqueues. */
    private static TestWorkflow<String, String> reports(Lab lab) {
        return lab.graph(QueuedJobsTest::web).workflow(QueuedJobsGraph::report).with(config -> config.queue("reports"));
    }

    @ClewTest({MEMORY, SQLITE})
    void aJobIsDoneByAnotherProcess(Lab lab) {
        var report = reports(lab);
        var worker = lab.worker("worker", QueuedJobsTest::worker);

        RunHandle<String> job = report.enqueue("May");

        assertThat(job.result().value()).isEqualTo("rendered May");
        assertThat(worker.executed("render")).isEqualTo(1);
        assertThat(worker.graph().queue("reports").depth()).isZero();
    }

    @ClewTest({MEMORY, SQLITE})
    void aWorkerThatIsKilledIsReplaced(Lab lab) {
        var report = reports(lab);
        var first = lab.worker("first", QueuedJobsTest::worker);
        first.crashAfter("collect");
        RunHandle<String> job = report.enqueue("May");
        lab.clock().advance(Duration.ofSeconds(1));
        assertThat(first.isAlive()).isFalse();

        var second = lab.worker("second", QueuedJobsTest::worker);

        assertThat(job.result().value()).isEqualTo("rendered May");
        assertThat(second.executed("collect")).isZero();
        assertThat(second.executed("render")).isEqualTo(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void aWorkerIsClosedAndStartedAgain(Lab lab) {
        var report = reports(lab);
        var worker = lab.worker("worker", QueuedJobsTest::worker);
        worker.close();
        RunHandle<String> job = report.enqueue("May");
        assertThatThrownBy(() -> job.result(Duration.ofMinutes(1))).isInstanceOf(TaskTimeoutException.class);
        assertThat(job.status()).isEqualTo(RunStatus.QUEUED);

        worker.start();

        assertThat(job.result().value()).isEqualTo("rendered May");
        assertThat(worker.executed("render")).isEqualTo(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void aDelayedJobStartsWhenItIsDue(Lab lab) {
        var report = reports(lab);
        var worker = lab.worker("worker", QueuedJobsTest::worker);
        lab.clock().hold();

        RunHandle<String> job =
                report.with(config -> config.delay(Duration.ofHours(1))).enqueue("May");
        lab.clock().advance(Duration.ofMinutes(59));
        assertThat(job.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(worker.graph().queue("reports").requests(RequestState.DELAYED))
                .hasSize(1);
        lab.clock().advance(Duration.ofMinutes(2));

        assertThat(job.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(worker.executed("render")).isEqualTo(1);
    }
}
