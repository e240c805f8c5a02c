package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.client.fixture.Story;
import dev.clew.client.fixture.Story.Essay;
import dev.clew.client.fixture.StoryServer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of a server's runs. */
final class RemoteStreamTest {
    private final StoryServer server = StoryServer.inMemory();
    private final RemoteWorkflow<String, Essay> essays = RemoteWorkflow.builder(
                    server.uri(), "essay", String.class, Essay.class)
            .question(Story.REVIEW)
            .build();
    private final RemoteWorkflow<Integer, Integer> naps = RemoteWorkflow.builder(
                    server.uri(), "naps", Integer.class, Integer.class)
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aStreamShowsWhatTheRunDoesAndThenItsResult() {
        List<StreamEvent> events = new ArrayList<>();
        RunResult<Essay> result;
        try (RunStream<Essay> stream =
                essays.stream("rain", RunConfig.thread("e"), StreamMode.CUSTOM, StreamMode.UPDATES, StreamMode.TASKS)) {
            stream.forEach(events::add);
            assertThat(stream.isOpen()).isFalse();
            result = stream.result();
        }

        assertThat(result).isInstanceOf(RunResult.Interrupted.class);
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StreamEvent.Custom.class,
                                custom -> assertThat(custom.value()).isEqualTo(Map.of("composing", "rain"))));
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StreamEvent.Update.class,
                                update -> assertThat(update.name()).isEqualTo("compose")));
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StreamEvent.TaskEnded.class,
                                ended -> assertThat(ended.name()).isEqualTo("compose")));
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StreamEvent.Interrupted.class,
                                asked -> assertThat(asked.questions().get(0).name())
                                        .isEqualTo("review")));
    }

    @Test
    void aHandleStreamsItsRun() {
        RunHandle<Essay> run = essays.enqueue("rain", RunConfig.thread("e"));
        List<StreamEvent> events = new ArrayList<>();

        try (RunStream<Essay> stream = run.watch(StreamMode.UPDATES)) {
            stream.forEach(events::add);
            assertThat(stream.result()).isInstanceOf(RunResult.Interrupted.class);
        }

        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StreamEvent.Update.class,
                                update -> assertThat(update.name()).isEqualTo("compose")));
    }

    @Test
    void aFailedRunEndsTheEventsWithItsFailure() {
        RemoteWorkflow<String, String> inky = RemoteWorkflow.builder(server.uri(), "inky", String.class, String.class)
                .build();

        try (RunStream<String> stream = inky.stream("rain", RunConfig.none(), StreamMode.TASKS)) {
            assertThatExceptionOfType(WorkflowFailedException.class)
                    .isThrownBy(() -> stream.forEach(event -> {}))
                    .withMessageContaining("no ink");
        }
    }

    @Test
    void closingLeavesTheRunAlone() {
        RunStream<Integer> stream = naps.stream(20, RunConfig.thread("n"), StreamMode.UPDATES);
        assertThat(stream.iterator().hasNext()).isTrue();
        stream.close();

        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.result().value()).isEqualTo(10);
    }

    @Test
    void aRunOfOthersIsWatched() {
        RunHandle<Integer> run = naps.enqueue(40, RunConfig.thread("n"));
        try (RunStream<Integer> stream = naps.watch("n", StreamMode.VALUES)) {
            List<StreamEvent> events = stream.events().toList();
            assertThat(events.get(events.size() - 1)).isEqualTo(new StreamEvent.Value(10, false));
        }
        assertThat(run.result().value()).isEqualTo(10);
        assertThatExceptionOfType(RequestRefusedException.class)
                .isThrownBy(() -> naps.watch("n", StreamMode.VALUES))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RequestRefusedException.Reason.NOT_RUNNING));
    }

    @Test
    void listenersHearEverythingAndGetTheResult() throws Exception {
        List<StreamEvent> heard = new CopyOnWriteArrayList<>();

        RunResult<Integer> result = naps.stream(1, RunConfig.none(), StreamMode.UPDATES)
                .hear(heard::add)
                .get(30, TimeUnit.SECONDS);

        assertThat(result.value()).isEqualTo(10);
        assertThat(heard).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void aSubscriberGetsWhatItAsksForUntilTheEnd() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        List<StreamEvent> got = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();

        naps.stream(1, RunConfig.none(), StreamMode.UPDATES).publisher().subscribe(new Flow.Subscriber<>() {
            private Flow.Subscription from;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                from = subscription;
                from.request(2);
            }

            @Override
            public void onNext(StreamEvent event) {
                got.add(event);
                from.request(1);
            }

            @Override
            public void onError(Throwable failed) {
                failures.add(failed);
                done.countDown();
            }

            @Override
            public void onComplete() {
                done.countDown();
            }
        });

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
        assertThat(got).hasSizeGreaterThanOrEqualTo(10);
    }
}
