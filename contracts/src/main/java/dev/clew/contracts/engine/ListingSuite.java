package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.LabGraph;
import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listings and {@code state} say the same of every thread, also of one whose owner has just died. */
@Timeout(30)
public abstract class ListingSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final ThreadQuery ALL = ThreadQuery.all();

    private final Gate gate = new Gate();
    private Checkpointer store;

    /** Threads in turn: crashed just now, executing elsewhere, waiting for an answer, finished. */
    private Lab mixed(Durability durability, int threads) throws Exception {
        store = newStore();
        Lab.Body body = (input, calls, run) -> switch (input) {
            case "ask" -> run.interrupt(NAME, "who?");
            case "work" -> calls.task("work", input, gate::pass).join();
            default -> input;
        };
        Lab dying = opened(new Lab(store, durability)).body(body);
        Lab alive = opened(new Lab(new SecondDoor(store), durability)).body(body);
        for (int i = 0; i < threads; i++) {
            RunConfig config = RunConfig.thread(id(i));
            switch (i % 4) {
                case 0 -> {
                    dying.workflow().invokeAsync("work", config);
                    gate.awaitArrival();
                }
                case 1 -> {
                    alive.workflow().invokeAsync("work", config);
                    gate.awaitArrival();
                }
                case 2 -> alive.workflow().invoke("ask", config);
                default -> alive.workflow().invoke("done", config);
            }
        }
        dying.crash();
        return alive;
    }

    private static String id(int i) {
        return "t%03d".formatted(i);
    }

    private static List<String> ids(int from, int threads) {
        return IntStream.range(0, threads)
                .filter(i -> i % 4 == from)
                .mapToObj(ListingSuite::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void aCrashedThreadIsFoundAtOnceAndPageByPage(Durability durability) throws Exception {
        int threads = 24;
        Lab alive = mixed(durability, threads);

        assertThat(paged(alive.graph(), ALL.status(ThreadStatus.CRASHED))).isEqualTo(ids(0, threads));
        assertThat(paged(alive.graph(), ALL.status(ThreadStatus.RUNNING))).isEqualTo(ids(1, threads));
        assertThat(paged(alive.graph(), ALL.status(ThreadStatus.INTERRUPTED))).isEqualTo(ids(2, threads));
        assertThat(paged(alive.graph(), ALL.status(ThreadStatus.CRASHED, ThreadStatus.IDLE)))
                .hasSize(threads / 2);
        assertThat(paged(alive.graph(), ALL)).hasSize(threads);
        assertThat(paged(alive.graph(), ALL.status(ThreadStatus.CRASHED).workflow("Other.flow")))
                .isEmpty();
        assertThat(opened(Operator.of(store)).threads(ALL.status(ThreadStatus.CRASHED)))
                .extracting(ThreadSummary::threadId)
                .isEqualTo(ids(0, threads));
        gate.open();
    }

    /** All pages of a query, with pages of every small size. */
    private static List<String> paged(LabGraph graph, ThreadQuery query) {
        List<String> all =
                graph.threads(query).stream().map(ThreadSummary::threadId).toList();
        for (int limit : List.of(1, 2, 5)) {
            List<String> walked = new ArrayList<>();
            List<ThreadSummary> page = graph.threads(query.limit(limit));
            while (page.size() == limit) {
                page.forEach(thread -> walked.add(thread.threadId()));
                page = graph.threads(query.limit(limit).after(walked.get(walked.size() - 1)));
            }
            page.forEach(thread -> walked.add(thread.threadId()));
            assertThat(walked).isEqualTo(all);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void everyListedStatusIsWhatStateSays(Durability durability) throws Exception {
        Lab alive = mixed(durability, 8);
        Operator operator = opened(Operator.of(store));

        for (ThreadSummary thread : alive.graph().threads(ALL)) {
            ThreadStatus state = alive.workflow().state(thread.threadId()).status();
            assertThat(thread.status()).as(thread.threadId()).isEqualTo(state);
            assertThat(operator.status(thread)).as(thread.threadId()).isEqualTo(state);
            assertThat(operator.state(thread.threadId()).status()).isEqualTo(state);
            for (ThreadStatus status : ThreadStatus.values()) {
                assertThat(alive.graph().threads(ALL.status(status)))
                        .as(status.name())
                        .extracting(ThreadSummary::threadId)
                        .satisfies(ids ->
                                assertThat(ids.contains(thread.threadId())).isEqualTo(status == state));
            }
        }
        gate.open();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aListingThatIsReadWhileRunsEndLosesNoThread(Durability durability) throws Exception {
        store = newStore();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> input);
        Lab reader = opened(new Lab(new SecondDoor(store), durability)).body((input, calls, run) -> input);
        for (int i = 0; i < 20; i++) {
            lab.workflow().invoke("x", RunConfig.thread(id(i)));
        }
        Thread working = new Thread(() -> {
            for (int i = 0; i < 200; i++) {
                lab.workflow().invoke("x", RunConfig.thread(id(i % 20)));
            }
        });
        working.start();

        while (working.isAlive()) {
            assertThat(reader.graph().threads(ALL)).hasSize(20);
            assertThat(reader.graph().threads(ALL.status(ThreadStatus.CRASHED))).isEmpty();
        }

        working.join();
        assertThat(Arrays.asList(ThreadStatus.IDLE))
                .isEqualTo(reader.graph().threads(ALL).stream()
                        .map(ThreadSummary::status)
                        .distinct()
                        .toList());
    }
}
