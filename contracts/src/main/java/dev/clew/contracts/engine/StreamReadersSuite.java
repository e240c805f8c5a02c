package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.stream.StreamStalledException;
import dev.clew.value.ClewException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of reader, and readers that leave, throw, stall or come too late: none hangs, and no result is lost. */
@Timeout(60)
public abstract class StreamReadersSuite extends StreamFixture {
    private static final int MANY = 2_000;

    /** Says more than fits between a run and its reader. */
    private Lab talking(Durability durability) throws Exception {
        return lab(durability).body((input, calls, run) -> {
            for (int i = 0; i < MANY; i++) {
                run.emit(i);
            }
            return calls.task("a", input, s -> s + "!").join();
        });
    }

    private static List<Object> numbers(List<StreamEvent> events) {
        return events.stream()
                .map(event -> ((StreamEvent.Custom) event).value())
                .toList();
    }

    private static List<Object> all() {
        return java.util.stream.IntStream.range(0, MANY)
                .<Object>mapToObj(i -> i)
                .toList();
    }

    // --- leaving ---

    @Tag("B098")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void letsTheRunGoOnWhenItsReaderLeavesAndRecordsWhatComesLate(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(durability).body((input, calls, run) -> {
            String first = calls.task("first", input, s -> s + "1").join();
            return calls.task("late", first, s -> gate.pass(s) + "2").join();
        });

        RunStream<String> stream = lab.workflow().stream("x", T);
        assertThat(brief(stream.iterator().next())).isEqualTo("update task:first#1 = x1");
        stream.close();
        gate.awaitArrival();
        gate.open();
        RunResult<String> result = stream.result();

        assertThat(result.value()).isEqualTo("x12");
        assertThat(stream.iterator().hasNext()).isFalse();
        assertThat(lab.restart().workflow().invoke(Command.proceed(), T).value())
                .isEqualTo("x12");
        assertThat(lab.ran()).containsExactly("first", "late");
    }

    @Tag("B098")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void letsARunPauseWhoseReaderLeft(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join() + run.interrupt("go on?"));

        lab.workflow().stream("x", T).close();
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.INTERRUPTED);

        assertThat(lab.workflow().invoke(Command.resume(1), T).value()).isEqualTo("x1");
        assertThat(lab.ran("a")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void readerThatThrowsInTheMiddleLosesNothingOfTheRun(Durability durability) throws Exception {
        Lab lab = talking(durability);

        try (RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.CUSTOM)) {
            assertThatThrownBy(() -> stream.forEach(event -> {
                        throw new IllegalStateException("reader");
                    }))
                    .hasMessage("reader");
        }

        Eventually.until(() -> "x!".equals(lab.workflow().state(T).value()));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void givesTheResultToAReaderThatReadsNothing(Durability durability) throws Exception {
        try (RunStream<String> stream = talking(durability).workflow().stream("x", T, StreamMode.CUSTOM)) {
            assertThat(stream.result().value()).isEqualTo("x!");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void readsOnAfterTheRunIsOver(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join());

        try (RunStream<String> stream = lab.workflow().stream("x", T)) {
            Eventually.until(() -> "x".equals(lab.workflow().state(T).value()));
            assertThat(brief(read(stream))).containsExactly("update task:a#1 = x", "update run = x");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void cutsAStalledReaderOffAndTheRunGoesOn(Durability durability) throws Exception {
        Lab lab = talking(durability).options(graph -> graph.streamStall(Duration.ofMillis(50)));

        try (RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.CUSTOM)) {
            Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE
                    && "x!".equals(lab.workflow().state(T).value()));

            assertThatThrownBy(() -> stream.forEach(event -> {})).isInstanceOf(StreamStalledException.class);
            assertThat(stream.result().value()).isEqualTo("x!");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void slowReaderHearsEverything(Durability durability) throws Exception {
        Lab lab = talking(durability);
        List<StreamEvent> heard = new ArrayList<>();

        try (RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.CUSTOM)) {
            for (StreamEvent event : stream) {
                heard.add(event);
                if (heard.size() % 100 == 0) {
                    Thread.sleep(1);
                }
            }
            assertThat(stream.result().value()).isEqualTo("x!");
        }

        assertThat(numbers(heard)).isEqualTo(all());
    }

    @Test
    void refusalOfTheInvocationIsThrownByTheReading() throws Exception {
        Lab lab = lab(Durability.ASYNC).body((input, calls, run) -> input);

        for (RunStream<String> refused : List.of(
                lab.workflow().stream((String) null, T),
                lab.workflow().stream(T),
                lab.workflow().stream(Command.resume(1), T))) {
            assertThatThrownBy(() -> refused.iterator().hasNext()).isInstanceOf(ClewException.class);
            assertThatThrownBy(refused::result).isInstanceOf(ClewException.class);
        }
    }

    // --- java.util.stream ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void viewAsAStreamStopsEarlyAndClosesTheReading(Durability durability) throws Exception {
        Lab lab = talking(durability);
        RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.CUSTOM);

        List<Object> first;
        try (Stream<StreamEvent> events = stream.events()) {
            first = events.limit(3)
                    .map(event -> ((StreamEvent.Custom) event).value())
                    .toList();
        }

        assertThat(first).isEqualTo(List.of(0, 1, 2));
        assertThat(stream.result().value()).isEqualTo("x!");
    }

    // --- listeners ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void listenerHearsEverythingThenTheResultIsThere(Durability durability) throws Exception {
        Lab lab = talking(durability);
        List<StreamEvent> heard = new CopyOnWriteArrayList<>();

        CompletableFuture<RunResult<String>> result =
                lab.workflow().stream("x", T, StreamMode.CUSTOM).hear(heard::add);

        assertThat(result.get(20, TimeUnit.SECONDS).value()).isEqualTo("x!");
        assertThat(numbers(heard)).isEqualTo(all());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void listenerThatThrowsIsDetachedAndTheRunGoesOn(Durability durability) throws Exception {
        RunStream<String> stream = talking(durability).workflow().stream("x", T, StreamMode.CUSTOM);
        List<StreamEvent> heard = new CopyOnWriteArrayList<>();

        CompletableFuture<RunResult<String>> result = stream.hear(event -> {
            heard.add(event);
            throw new IllegalStateException("listener");
        });

        assertThat(catchThrowable(() -> result.get(20, TimeUnit.SECONDS)))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("listener");
        assertThat(stream.result().value()).isEqualTo("x!");
        assertThat(heard).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void listenerIsToldOfTheFailureLast(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            run.emit("before");
            throw new IllegalStateException("no");
        });
        List<StreamEvent> heard = new CopyOnWriteArrayList<>();

        CompletableFuture<RunResult<String>> result =
                lab.workflow().stream("x", T, StreamMode.CUSTOM).hear(heard::add);

        assertThat(catchThrowable(() -> result.get(20, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(WorkflowFailedException.class);
        assertThat(brief(heard)).containsExactly("custom run = before");
    }

    @Test
    void cancellingTheListeningDetachesIt() throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(Durability.ASYNC)
                .body((input, calls, run) -> calls.task("a", input, gate::pass).join());
        RunStream<String> stream = lab.workflow().stream("x", T);

        stream.hear(event -> {}).cancel(false);
        gate.open();

        assertThat(stream.result().value()).isEqualTo("x");
    }

    // --- subscribers ---

    /** Asks for what it is told to, and notes what it gets. */
    private static final class Asking implements Flow.Subscriber<StreamEvent> {
        final List<StreamEvent> heard = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.set(given);
        }

        @Override
        public void onNext(StreamEvent event) {
            heard.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }

        void ask(long events) {
            subscription.get().request(events);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void subscriberGetsWhatItAsksForAndTheRunWaits(Durability durability) throws Exception {
        Lab lab = talking(durability);
        Asking reader = new Asking();

        lab.workflow().stream("x", T, StreamMode.CUSTOM).publisher().subscribe(reader);
        reader.ask(2);
        Eventually.until(() -> reader.heard.size() == 2);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.RUNNING);
        reader.ask(3);
        Eventually.until(() -> reader.heard.size() == 5);
        assertThat(reader.end).isNotDone();
        reader.ask(Long.MAX_VALUE);
        reader.end.get(20, TimeUnit.SECONDS);

        assertThat(numbers(reader.heard)).isEqualTo(all());
        assertThat(lab.workflow().state(T).value()).isEqualTo("x!");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void subscriberThatCancelsOrThrowsLeavesTheRunAlone(Durability durability) throws Exception {
        Lab lab = talking(durability);
        Asking cancels = new Asking();
        RunStream<String> left = lab.workflow().stream("x", T, StreamMode.CUSTOM);
        left.publisher().subscribe(cancels);
        cancels.ask(1);
        Eventually.until(() -> cancels.heard.size() == 1);
        cancels.subscription.get().cancel();

        RunStream<String> thrown = lab.workflow().stream("y", OTHER, StreamMode.CUSTOM);
        thrown.publisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(10);
            }

            @Override
            public void onNext(StreamEvent event) {
                throw new IllegalStateException("a subscriber must not");
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });

        assertThat(left.result().value()).isEqualTo("x!");
        assertThat(thrown.result().value()).isEqualTo("y!");
        assertThat(cancels.heard).hasSize(1);
        assertThat(cancels.end).isNotDone();
    }

    @Test
    void secondSubscriberGetsAnError() throws Exception {
        RunStream<String> stream = talking(Durability.ASYNC).workflow().stream("x", T, StreamMode.CUSTOM);
        Asking second = new Asking();

        stream.publisher().subscribe(new Asking());
        stream.publisher().subscribe(second);

        assertThat(catchThrowable(() -> second.end.get(20, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(ClewException.class)
                .hasMessageContaining("one subscriber");
        assertThat(stream.result().value()).isEqualTo("x!");
    }

    @Test
    void subscriberThatAsksForNothingIsCutOffAndHoldsNoThread() throws Exception {
        Lab lab = talking(Durability.ASYNC).options(graph -> graph.streamStall(Duration.ofMillis(50)));
        Asking idle = new Asking();

        RunStream<String> stream = lab.workflow().stream("x", T, StreamMode.CUSTOM);
        stream.publisher().subscribe(idle);

        assertThat(catchThrowable(() -> idle.end.get(20, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(StreamStalledException.class);
        assertThat(stream.result().value()).isEqualTo("x!");
        assertThat(idle.heard).isEmpty();
    }

    @Test
    void idleSubscribersHoldNoThreads() throws Exception {
        Gate gate = new Gate();
        java.util.concurrent.ThreadPoolExecutor threads = new java.util.concurrent.ThreadPoolExecutor(
                0, 1_000, 1, TimeUnit.SECONDS, new java.util.concurrent.SynchronousQueue<>());
        opened(threads::shutdownNow);
        Lab lab = lab(Durability.ASYNC)
                .options(graph -> graph.executor(threads))
                .body((input, calls, run) -> calls.task("a", input, gate::pass).join());
        List<Asking> readers = new ArrayList<>();
        RunStream<String> first = lab.workflow().stream("x", T);
        gate.awaitArrival();
        int busy = threads.getActiveCount();

        for (int i = 0; i < 100; i++) {
            Asking reader = new Asking();
            lab.workflow().watch(T).publisher().subscribe(reader);
            reader.ask(Long.MAX_VALUE);
            readers.add(reader);
        }
        Eventually.until(() -> threads.getActiveCount() <= busy);
        gate.open();

        for (Asking reader : readers) {
            reader.end.get(20, TimeUnit.SECONDS);
            assertThat(brief(reader.heard)).containsExactly("update task:a#1 = x", "update run = x");
        }
        assertThat(first.result().value()).isEqualTo("x");
    }

    // --- without work ---

    @Test
    void refusesNothingToWatch() throws Exception {
        Lab lab = lab(Durability.ASYNC).body((input, calls, run) -> input);

        assertThatThrownBy(() -> lab.workflow().watch("never")).isInstanceOf(RequestRefusedException.class);
        lab.workflow().invoke("x", T);
        assertThatThrownBy(() -> lab.workflow().watch(T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("IDLE");
    }
}
