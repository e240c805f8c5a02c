package dev.clew.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.server.catalog.Catalog;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Readers of threads that wait for runs. */
final class AwaitedRunsTest {
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

    @Test
    void onlyThoseOfItsThreadAreWokenByARun() {
        Checkpointer store = Checkpointer.inMemory();
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        Runnable one = first::incrementAndGet;
        try (Operator operator = Operator.of(store);
                Feeds feeds = new Feeds(new Catalog(List.of()), store, operator, NONE)) {
            feeds.awaits("a", one);
            feeds.awaits("a", second::incrementAndGet);
            feeds.awaits("b", other::incrementAndGet);

            assertThat(feeds.begins("unserved", "a", "run-1")).isNull();
            assertThat(List.of(first.get(), second.get(), other.get())).containsExactly(1, 1, 0);

            feeds.leaves("a", one);
            assertThat(feeds.begins("unserved", "a", "run-2")).isNull();
            assertThat(List.of(first.get(), second.get(), other.get())).containsExactly(1, 2, 0);
        }
    }
}
