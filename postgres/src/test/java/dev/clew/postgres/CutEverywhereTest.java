package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.LabGraph;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Nightly;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.Worker;
import dev.clew.schedule.Every;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Schedule;
import dev.clew.state.CheckpointSource;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A run is enqueued, taken, opened, executed and ended, again and again, and each time another message to the server is the one
 * at which its connection is cut: nothing is lost, and nothing is done twice. The same for firings of a schedule.
 */
@Timeout(900)
final class CutEverywhereTest {
    /** Every message is cut at night; in a build some of them, beginning with another one each time. */
    private static final int STRIDE = Nightly.isOn() ? 1 : 12;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Which executions of a task there were, by thread. */
    private final Map<String, List<String>> executed = new ConcurrentHashMap<>();

    private CuttingProxy proxy;
    private Postgres db;
    private Lab lab;

    /** Where a connection is cut. */
    enum Cut {
        BEFORE,
        AFTER
    }

    @BeforeEach
    void open() throws Exception {
        String url = TestServer.shared().url();
        Properties server = Driver.parseURL(url, new Properties());
        proxy = new CuttingProxy(Integer.parseInt(server.getProperty("PGPORT")));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {proxy.port()});
        source.setPrepareThreshold(1);
        db = Postgres.of(
                source, PostgresOptions.defaults().schema(TestServer.shared().freshSchema()));
        Worker worker = Worker.of("q").pollEvery(Duration.ofMillis(500));
        lab = new Lab(db.checkpointer(), Durability.SYNC)
                .options(graph -> LabGraph.lease(graph, Duration.ofSeconds(3))
                        .worker(worker)
                        .parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    String first =
                            calls.task("first", input, in -> execute(in, "1")).join();
                    run.sleep(Duration.ofMillis(5));
                    return calls.task("second", first, in -> execute(in, "2")).join();
                });
        lab.workflow();
    }

    private String execute(String input, String step) {
        String thread = input.replaceAll("\\..*", "");
        List<String> all = executed.computeIfAbsent(thread, t -> new ArrayList<>());
        synchronized (all) {
            all.add(step);
            return input + "." + step + "-" + all.size();
        }
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
        db.close();
        proxy.close();
    }

    private void cut(Cut where, long number) {
        if (where == Cut.BEFORE) {
            proxy.cutBefore(number);
        } else {
            proxy.cutAfter(number);
        }
    }

    /** How many messages an undisturbed round takes, and rounds with a cut at each of them, or at some. */
    private void rounds(Cut where, LongConsumer round) {
        round.accept(0); // what is made and prepared once
        cut(where, Long.MAX_VALUE);
        round.accept(0);
        long all = proxy.counted() + 3;
        int cuts = 0;
        for (long number = 1 + (System.nanoTime() & 0xff) % STRIDE; number <= all; number += STRIDE) {
            cut(where, number);
            round.accept(number);
            cuts += proxy.counted() >= number ? 1 : 0;
        }
        assertThat(cuts).as("cuts, of %d messages", all).isPositive();
        System.out.println(where + ": " + cuts + " cuts at " + all + " messages of a round");
    }

    @ParameterizedTest
    @EnumSource
    void aQueuedRunEndsOnceWhereverItsConnectionIsCut(Cut where) {
        int[] rounds = {0};
        rounds(where, number -> {
            String thread = "t" + rounds[0]++;
            RunHandle<String> handle = enqueued(thread);
            assertThat(result(handle)).as("cut %s message %d", where, number).startsWith(thread + ".1-");
            requireDoneOnce(thread, handle.runId());
        });
    }

    /** As a program does that does not know whether it is stored: the same run id is the same run. */
    private RunHandle<String> enqueued(String thread) {
        RunConfig config = RunConfig.once(thread).queue("q");
        while (true) {
            try {
                return lab.workflow().enqueue(thread, config);
            } catch (CheckpointException unknown) {
                assertThat(unknown).hasMessageContaining("enqueuing");
            }
        }
    }

    private static String result(RunHandle<String> handle) {
        while (true) {
            try {
                return handle.result(PATIENCE).value();
            } catch (CheckpointException cut) {
                assertThat(cut).hasMessageNotContaining("damaged");
            }
        }
    }

    private void requireDoneOnce(String thread, String runId) {
        var state = lab.workflow().state(thread);
        assertThat(state.status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(state.runId()).isEqualTo(runId);
        assertThat(state.steps().stream()
                        .filter(step -> step.status() == StepState.Status.SUCCEEDED)
                        .map(StepState::name))
                .contains("first", "second")
                .doesNotHaveDuplicates();
        assertThat(lab.workflow().history(thread).stream().filter(entry -> entry.source() == CheckpointSource.INPUT))
                .hasSize(1);
        // The value says which executions counted: the last one of each, since a step that is stored is not run again.
        List<String> all = executed.get(thread);
        int first = all.lastIndexOf("1") + 1;
        assertThat(state.value()).isEqualTo(thread + ".1-" + first + ".2-" + all.size());
        assertThat(all.subList(first, all.size())).containsOnly("2");
        Eventually.until(() -> lab.graph().queue("q").requests().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void aFiringIsARunThatEndsOnceWhereverItsConnectionIsCut(Cut where) {
        int[] rounds = {0};
        rounds(where, number -> {
            String name = "s" + rounds[0]++;
            Schedule schedule = scheduled(name);
            Eventually.until(() -> last(schedule) != null);
            delete(schedule);
            Eventually.until(() -> lab.graph().queue("q").requests().isEmpty());
            for (String thread : threads(name)) {
                assertThat(lab.workflow().history(thread).stream()
                                .filter(entry -> entry.source() == CheckpointSource.INPUT))
                        .as("cut %s message %d: %s", where, number, thread)
                        .hasSize(1);
                assertThat(lab.workflow().state(thread).status()).isEqualTo(ThreadStatus.IDLE);
            }
        });
    }

    private List<String> threads(String name) {
        List<String> threads = db
                .checkpointer()
                .threads(dev.clew.state.ThreadQuery.all().limit(10_000))
                .stream()
                .map(thread -> thread.threadId())
                .filter(thread -> thread.startsWith(name + "/"))
                .toList();
        assertThat(threads).as("firings of %s", name).isNotEmpty();
        return threads;
    }

    private Schedule scheduled(String name) {
        while (true) {
            try {
                return lab.workflow()
                        .schedule(
                                name,
                                Every.of(Duration.ofMillis(50)),
                                name,
                                RunConfig.none().queue("q"));
            } catch (CheckpointException unknown) {
                assertThat(unknown).hasMessageContaining("schedul");
            }
        }
    }

    private static Firing last(Schedule schedule) {
        try {
            return schedule.state().orElseThrow().last();
        } catch (CheckpointException cut) {
            return null;
        }
    }

    private static void delete(Schedule schedule) {
        while (true) {
            try {
                boolean unused = schedule.delete();
                return;
            } catch (CheckpointException unknown) {
                assertThat(unknown).hasMessageContaining("schedul");
            }
        }
    }
}
