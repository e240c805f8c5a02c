package dev.clew.server.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.json.JsonCodec;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.catalog.Served;
import dev.clew.server.fixture.Fixtures;
import dev.clew.state.ThreadStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is kept of runs that nobody reads, and that may be gone. */
final class KeptFeedsTest {
    private static final FeedRequests NONE = new FeedRequests() {
        @Override
        public List<String> ofRun(String threadId, String runId) {
            return List.of();
        }

        @Override
        public boolean isTaped(String threadId, String runId) {
            return false;
        }
    };

    private final Checkpointer store = Checkpointer.inMemory();

    @SuppressWarnings("unchecked")
    private Served ran(Checkpointer seen, String input, int threads) {
        try (Fixtures flows = Fixtures.open(builder -> builder.checkpointer(store))) {
            Workflow<Object, Object> plain =
                    (Workflow<Object, Object>) requireNonNull(flows.workflows().get("plain"));
            for (int i = 0; i < threads; i++) {
                plain.invoke(input, RunConfig.thread("t" + i));
            }
            return new Served("plain", plain, JsonCodec.standard(), seen);
        }
    }

    private String run(int thread) {
        return requireNonNull(store.thread("t" + thread).orElseThrow().head().runId());
    }

    @Test
    void largeRunsThatNobodyReadsGiveTheirRoomToOthers() {
        Served plain = ran(store, "x".repeat(2 << 20), 40);
        try (Operator operator = Operator.of(store);
                Feeds feeds = new Feeds(new Catalog(List.of(plain)), store, operator, NONE)) {
            for (int i = 0; i < 40; i++) {
                assertThat(feeds.newest(plain, "t" + i, run(i))).isPositive();
            }
            await().until(() -> feeds.bytes() < 33L << 20);
            assertThat(feeds.bytes()).as("the last ones are kept").isGreaterThan(16L << 20);
            assertThat(feeds.newest(plain, "t0", run(0))).as("the log has it").isPositive();
        }
    }

    @Test
    void aReaderOfARunThatIsDeletedComesToAnEnd() {
        AtomicBoolean deleted = new AtomicBoolean();
        Checkpointer seen = executing(deleted);
        Served plain = ran(seen, "x", 1);
        try (Operator operator = Operator.of(store);
                Feeds feeds = new Feeds(new Catalog(List.of(plain)), seen, operator, NONE);
                FeedReader reader = feeds.run(plain, "t0", run(0), run(0), -1)) {
            assertThat(feeds.newest(plain, "t0", run(0))).as("read, and empty").isEqualTo(FeedPosition.before(1));
            assertThat(reader.next()).isNull();
            assertThat(reader.isOver()).isFalse();
            deleted.set(true);
            await().until(() -> {
                FeedEntry next = reader.next();
                return next != null && next.event() instanceof FeedEvent.Rested;
            });
            assertThat(reader.isOver()).isTrue();
        }
    }

    /** The store, in which every run executes until it is deleted. */
    private Checkpointer executing(AtomicBoolean deleted) {
        return (Checkpointer) Proxy.newProxyInstance(
                KeptFeedsTest.class.getClassLoader(), new Class<?>[] {Checkpointer.class}, (proxy, method, given) -> {
                    try {
                        Object answer = method.invoke(store, given);
                        if (method.getName().equals("run") && answer instanceof Optional<?> run) {
                            return deleted.get()
                                    ? Optional.empty()
                                    : run.map(row -> ((RunRecord) row).with(ThreadStatus.RUNNING, null));
                        }
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
