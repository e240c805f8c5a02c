package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Census;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.LiveThreads;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many runs at the same time, each streamed to a reader of its own kind, twice: to a question, and from its answer on. Then
 * there is no thread, no event and no byte left of them. {@code -Dclew.soak.runs=1000} makes it long.
 */
@Isolated
public abstract class StreamSoakSuite extends StreamFixture {
    private static final int RUNS = Integer.getInteger("clew.soak.runs", 48);
    private static final int EMITS = 300;

    /** Longer than any reader is kept waiting by all the others; who forgets its stream is cut off after so long. */
    private static final Duration STALL = Duration.ofSeconds(RUNS > 100 ? 30 : 3);

    private static final StreamMode[] MODES = {
        StreamMode.UPDATES, StreamMode.CUSTOM, StreamMode.MESSAGES, StreamMode.TASKS
    };

    /** Of the first half: the run's beginning, its emits, two tasks and the two ends that the question makes. */
    private static final int FIRST = 1 + EMITS + 2 * 3 + 2;

    private final AtomicLong events = new AtomicLong();
    private final AtomicInteger peak = new AtomicInteger();
    private volatile CountDownLatch all = new CountDownLatch(0);

    @Test
    @Timeout(600)
    void manyStreamedRunsLeaveNothingBehind() throws Exception {
        ExecutorService engine = threads();
        ExecutorService readers = threads();
        Lab lab = lab(Durability.ASYNC)
                .options(graph -> graph.executor(engine).streamStall(STALL))
                .body(talking);
        soak(lab, readers, "warm-", Kind.FORGETS.ordinal());
        Census before = Census.take();
        int threadsBefore = LiveThreads.count();
        long began = System.nanoTime();

        soak(lab, readers, "run-", RUNS);

        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Census after = Census.take();
        System.out.printf(
                "soak of %s: %d runs at once, %d events, %d ms, at most %d platform threads; ours in memory %d bytes before,"
                        + " %d after%n",
                getClass().getSimpleName(),
                RUNS,
                events.get(),
                took.toMillis(),
                peak.get(),
                before.bytes(),
                after.bytes());
        for (String gone : List.of(
                "dev.clew.stream.StreamEvent",
                "dev.clew.engine.events.EventQueue",
                "dev.clew.engine.events.EventSubscription",
                "dev.clew.flow.RunStream",
                "dev.clew.engine.run.Session",
                "dev.clew.engine.scope.Frame",
                "dev.clew.engine.run.Attempt@",
                "dev.clew.engine.run.Step@",
                "dev.clew.engine.run.Broadcast")) {
            assertThat(exactly(after, gone))
                    .as("%s in %s", gone, after.objects())
                    .isLessThanOrEqualTo(exactly(before, gone)); // a test of runaway bodies leaves its sessions behind
        }
        assertThat(after.bytes()).as("%s", after.objects()).isLessThanOrEqualTo(before.bytes() + 8_192);
        assertThat(lab.graph().threads(ThreadQuery.all())).isEmpty();
        for (ExecutorService pool : List.of(engine, readers)) {
            pool.shutdown();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        Eventually.until(() -> LiveThreads.count() <= threadsBefore);
    }

    private static long exactly(Census census, String name) {
        return name.endsWith("@")
                ? census.objects().getOrDefault(name.substring(0, name.length() - 1), 0L)
                : census.of(name);
    }

    private static ExecutorService threads() throws Exception {
        return Runtime.version().feature() >= 21
                ? (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : Executors.newCachedThreadPool();
    }

    private final Lab.Body talking = (input, calls, run) -> {
        all.countDown();
        all.await(); // until every run is under way; those that go on after their question need not wait
        for (int i = 0; i < EMITS; i++) {
            run.emit(i);
        }
        String a = calls.task("a", input, s -> s + "a").join();
        String b = calls.task("b", a, s -> s + "b").join();
        return calls.task("c", b + run.interrupt("go on?"), s -> s + "c").join();
    };

    private void soak(Lab lab, ExecutorService readers, String name, int runs) throws Exception {
        all = new CountDownLatch(runs);
        both(lab, readers, name, runs, false);
        both(lab, readers, name, runs, true);
        for (int i = 0; i < runs; i++) {
            assertThat(lab.workflow().state(name + i).value()).isEqualTo("xab1c");
            lab.graph().deleteThread(name + i);
        }
    }

    private void both(Lab lab, ExecutorService readers, String name, int runs, boolean resumed) throws Exception {
        List<CompletableFuture<?>> done = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            RunConfig thread = RunConfig.thread(name + i);
            RunStream<String> stream = resumed
                    ? lab.workflow().stream(Command.resume(1), thread, MODES)
                    : lab.workflow().stream("x", thread, MODES);
            Kind kind = Kind.values()[i % Kind.values().length];
            done.add(
                    kind == Kind.FORGETS
                            ? CompletableFuture.runAsync(() -> awaitRest(lab, thread, resumed), readers)
                            : read(kind, stream, readers, resumed));
        }
        peak.accumulateAndGet(LiveThreads.count(), Math::max);
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(300, TimeUnit.SECONDS);
    }

    private enum Kind {
        ITERATES,
        STREAMS,
        LISTENS,
        SUBSCRIBES,
        LEAVES,
        THROWS,
        READS_NOTHING,
        FORGETS
    }

    /** Reads, or does not, and in the end waits for the result. */
    private CompletableFuture<?> read(Kind kind, RunStream<String> stream, ExecutorService readers, boolean resumed) {
        return switch (kind) {
            case ITERATES ->
                CompletableFuture.runAsync(
                        () -> {
                            int seen = 0;
                            for (StreamEvent event : stream) {
                                seen += event.replayed() ? 0 : 1;
                                events.incrementAndGet();
                            }
                            check(seen, resumed);
                            stream.result();
                        },
                        readers);
            case STREAMS ->
                CompletableFuture.runAsync(
                        () -> {
                            try (Stream<StreamEvent> view = stream.live().events()) {
                                check(
                                        (int) view.peek(event -> events.incrementAndGet())
                                                .count(),
                                        resumed);
                            }
                            stream.result();
                        },
                        readers);
            case LISTENS -> {
                AtomicInteger seen = new AtomicInteger();
                yield stream.live()
                        .hear(event -> {
                            events.incrementAndGet();
                            seen.incrementAndGet();
                        })
                        .thenAccept(result -> check(seen.get(), resumed));
            }
            case SUBSCRIBES -> {
                CompletableFuture<Integer> seen = new CompletableFuture<>();
                stream.live().publisher().subscribe(new OneByOne(seen, events));
                yield seen.thenAccept(count -> check(count, resumed));
            }
            case LEAVES ->
                CompletableFuture.runAsync(
                        () -> {
                            stream.iterator().next();
                            stream.close();
                            stream.result();
                        },
                        readers);
            case THROWS -> {
                CompletableFuture<RunResult<String>> heard = stream.hear(event -> {
                    throw new IllegalStateException("listener");
                });
                yield heard.handleAsync((result, thrown) -> stream.result(), readers);
            }
            case READS_NOTHING -> CompletableFuture.runAsync(stream::result, readers);
            case FORGETS -> throw new IllegalArgumentException("nobody reads it");
        };
    }

    /** Nobody ever reads or closes the stream: it is cut off, and its run goes on all the same. */
    private static void awaitRest(Lab lab, RunConfig thread, boolean resumed) {
        ThreadStatus rest = resumed ? ThreadStatus.IDLE : ThreadStatus.INTERRUPTED;
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(5))
                .until(() -> lab.workflow().state(thread).status() == rest);
    }

    private static void check(int seen, boolean resumed) {
        // On resume: the run begins and ends, task c in three events, and the run's update.
        assertThat(seen).isEqualTo(resumed ? 6 : FIRST);
    }

    /** Asks for one event at a time. */
    private static final class OneByOne implements Flow.Subscriber<StreamEvent> {
        private final CompletableFuture<Integer> seen;
        private final AtomicLong events;
        private Flow.Subscription subscription;
        private int count;

        OneByOne(CompletableFuture<Integer> seen, AtomicLong events) {
            this.seen = seen;
            this.events = events;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(StreamEvent event) {
            count++;
            events.incrementAndGet();
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            seen.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            seen.complete(count);
        }
    }
}
