package dev.clew.testing;

import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.GraphBuilder;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.interrupt.Command;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.RunQueue;
import dev.clew.queue.Worker;
import dev.clew.schedule.Every;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestWorkerTest {
    private static final AtomicInteger DRAWN = new AtomicInteger();

    /** What the lint does not see. */
    static int drawn() {
        return DRAWN.incrementAndGet();
    }

    private static GraphBuilder<JobsFlowGraph> worker() {
        return worker(Worker.of("jobs"));
    }

    private static GraphBuilder<JobsFlowGraph> worker(Worker worker) {
        return JobsFlowGraph.builder(new JobsFlow()).worker(worker);
    }

    private static TestGraph<JobsFlowGraph> front(Lab lab) {
        return lab.graph(JobsFlowGraph::clientBuilder);
    }

    private static TestWorkflow<String, String> reports(Lab lab) {
        return front(lab).workflow(JobsFlowGraph::report).with(config -> config.queue("jobs"));
    }

    @ClewTest({MEMORY, SQLITE})
    void severalWorkersShareAQueue(Lab lab) {
        var report = reports(lab);
        var first = lab.worker("first", () -> worker(Worker.of("jobs").concurrency(1)));
        var second = lab.worker("second", () -> worker(Worker.of("jobs").concurrency(1)));
        List<RunHandle<String>> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(report.on("thread-" + i).enqueue("month " + i));
        }

        for (int i = 0; i < 10; i++) {
            assertThat(jobs.get(i).result().value()).isEqualTo("month " + i + " collected, rendered");
        }
        assertThat(first.executed("render") + second.executed("render")).isEqualTo(10);
    }

    @ClewTest({MEMORY, SQLITE})
    void oneThatIsKilledIsReplaced(Lab lab) {
        var report = reports(lab).with(config -> config.durability(Durability.SYNC));
        var first = lab.worker("first", TestWorkerTest::worker);
        first.crashAt(CrashPoint.within("render"));
        RunHandle<String> job = report.enqueue("May");
        lab.clock().advance(Duration.ofSeconds(1));
        assertThat(first.isAlive()).isFalse();
        assertThat(job.status()).isNotEqualTo(RunStatus.COMPLETED);
        assertThatThrownBy(first::graph)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("worker 'first' is not running");

        var second = lab.worker("second", TestWorkerTest::worker);

        assertThat(job.result().value()).isEqualTo("May collected, rendered");
        assertThat(second.executed("collect")).isZero();
        assertThat(second.executed("render")).isEqualTo(1);
        assertThat(first.executed("render"))
                .as("its work was done, and not noted")
                .isEqualTo(1);
    }

    /** With EXIT nothing of a run is stored before its end: it may be what kills its workers. */
    @ClewTest({MEMORY, SQLITE})
    void aRunThatKillsEachWorkerIsHeldUntilAPersonRetriesIt(Lab lab) {
        var report = reports(lab).with(config -> config.durability(Durability.EXIT));
        var worker = lab.worker("worker", TestWorkerTest::worker);
        worker.close();
        RunHandle<String> job = report.enqueue("May");
        for (int deaths = 0; deaths < RunQueue.MAX_ATTEMPTS; deaths++) {
            worker.crashBefore("collect");
            worker.start();
            lab.clock().advance(Duration.ofMinutes(2));
            assertThat(worker.isAlive()).as("after %d deaths", deaths).isFalse();
        }
        worker.start();
        lab.clock().advance(Duration.ofMinutes(2));
        assertThat(job.status()).isEqualTo(RunStatus.HELD);
        assertThat(worker.graph().queue("jobs").held()).hasSize(1);

        assertThat(job.retry()).isTrue();

        assertThat(job.result().value()).isEqualTo("May collected, rendered");
        assertThat(worker.executed("render")).isEqualTo(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void anAnswerIsTakenByAnotherWorkerThanTheQuestion(Lab lab) {
        var signed = front(lab).workflow(JobsFlowGraph::signed).with(config -> config.queue("jobs"));
        var first = lab.worker("first", TestWorkerTest::worker);
        RunHandle<String> job = signed.enqueue("May");
        assertThat(job.result().toString()).contains("sign");
        first.close();

        signed.enqueue(Command.resume("ann"));
        var second = lab.worker("second", TestWorkerTest::worker);

        assertThat(job.result().value()).isEqualTo("May collected, rendered and signed by ann");
        assertThat(first.executed("render")).isEqualTo(1);
        assertThat(second.executed("render")).isZero();
    }

    @ClewTest({MEMORY, SQLITE})
    void aScheduleFiresWhileTimeIsStepped(Lab lab) {
        lab.clock().hold();
        var report = reports(lab);
        var worker = lab.worker("worker", () -> worker(Worker.of("jobs").pollEvery(Duration.ofHours(1))));
        var daily = report.get()
                .schedule(
                        "daily",
                        Every.of(Duration.ofDays(1)),
                        "May",
                        RunConfig.none().queue("jobs"));

        lab.clock().advance(Duration.ofDays(3).plusHours(2));

        assertThat(worker.executed("render")).isEqualTo(3);
        assertThat(daily.delete()).isTrue();
        lab.clock().advance(Duration.ofDays(2));
        assertThat(worker.executed("render")).isEqualTo(3);
    }

    @ClewTest({MEMORY, SQLITE})
    void limitsOfTheQueueHoldInAllWorkers(Lab lab) {
        var graph = front(lab);
        var report = graph.workflow(JobsFlowGraph::report).with(config -> config.queue("jobs"));
        graph.get().queue("jobs").configure(QueueSettings.NONE.globalConcurrency(1));
        var first = lab.worker("first", TestWorkerTest::worker);
        var second = lab.worker("second", TestWorkerTest::worker);
        List<RunHandle<String>> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(report.on("thread-" + i).enqueue("month " + i));
        }
        jobs.forEach(job -> assertThat(job.result().value()).endsWith("rendered"));
        assertThat(first.executed("render") + second.executed("render")).isEqualTo(4);
        List<LabEvent.Kind> rest = List.of(LabEvent.Kind.RUN_STARTED, LabEvent.Kind.RUN_COMPLETED);
        List<LabEvent.Kind> kinds =
                lab.events().stream().map(LabEvent::kind).filter(rest::contains).toList();
        for (int i = 0; i < kinds.size(); i++) {
            assertThat(kinds.get(i)).as("one at a time: %s", kinds).isEqualTo(rest.get(i % 2));
        }
    }

    @ClewTest({MEMORY, SQLITE})
    void aCrashOfTheLabsOwnProcessConcernsNoWorker(Lab lab) {
        var report = reports(lab);
        var worker = lab.worker("worker", TestWorkerTest::worker);
        RunHandle<String> job = report.enqueue("May");

        lab.crash();

        assertThat(worker.isAlive()).isTrue();
        assertThat(report.get().handle(job.runId(), job.threadId()).result().value())
                .isEqualTo("May collected, rendered");
        assertThatThrownBy(worker::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("worker 'worker' is running");
    }

    private static String verdict(Lab lab) {
        AssertionError found = catchThrowableOfType(AssertionError.class, lab::close);
        return found == null ? "nothing" : found.getMessage();
    }

    @Test
    void aCrashOfAWorkerThatNeverCameIsFound() {
        Lab lab = Lab.open(MEMORY);
        var report = reports(lab);
        lab.worker("first", TestWorkerTest::worker).crashAfter("no such task");
        assertThat(report.enqueue("May").result().value()).endsWith("rendered");

        assertThat(verdict(lab)).contains("Missed crash", "worker 'first'", "no such task");
    }

    @Test
    void whatAWorkerExecutedIsReplayedWithItsCode() {
        Lab lab = Lab.open(MEMORY);
        var lottery = front(lab).workflow(JobsFlowGraph::lottery).with(config -> config.queue("jobs"));
        lab.worker("worker", TestWorkerTest::worker);
        assertThat(lottery.enqueue("May").result().value()).endsWith("rendered");

        assertThat(verdict(lab)).contains("A replay of run 'run-1' of thread 'test' (JobsFlow.lottery) differs");
    }

    @Test
    void whatNobodyTookIsNoFinding() {
        Lab lab = Lab.open(MEMORY);
        reports(lab).enqueue("May");

        assertThat(verdict(lab)).isEqualTo("nothing");
    }
}
