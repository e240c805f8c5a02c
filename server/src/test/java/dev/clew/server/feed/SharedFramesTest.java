package dev.clew.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SharedFramesTest {
    private static final FeedEntry ENTRY = entry();

    private static FeedEntry entry() {
        return new FeedEntry(1, Instant.EPOCH, new FeedEvent.Gap());
    }

    @Test
    void manyReadersHaveOneCopyThatWasMadeOnce() throws Exception {
        SharedFrames shared = new SharedFrames(10_000);
        AtomicInteger made = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(8);
        try {
            Callable<byte[]> reading = () -> shared.frame(ENTRY, "values", () -> {
                made.incrementAndGet();
                return new byte[5_000];
            });
            List<Future<byte[]>> read = readers.invokeAll(
                    IntStream.range(0, 250).mapToObj(i -> reading).toList());
            Set<byte[]> copies = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Future<byte[]> one : read) {
                copies.add(one.get());
            }

            assertThat(copies).hasSize(1);
            assertThat(made).hasValue(1);
        } finally {
            readers.shutdownNow();
        }
    }

    /** A thread that was deleted may be made anew by somebody else, with the same ids. */
    @Test
    void anEqualEntryIsAnotherOne() {
        SharedFrames shared = new SharedFrames(10_000);
        byte[] first = shared.frame(entry(), "values", () -> new byte[1]);

        assertThat(shared.frame(entry(), "values", () -> new byte[1])).isNotSameAs(first);
    }

    @Test
    void noMoreIsKeptThanItMayBesideTheNewestFrame() {
        SharedFrames shared = new SharedFrames(10_000);

        for (int i = 0; i < 100; i++) {
            byte[] unused = shared.frame(entry(), "values", () -> new byte[3_000]);
            assertThat(shared.kept()).isLessThanOrEqualTo(10_000);
        }
        FeedEntry large = entry();
        byte[] frame = shared.frame(large, "values", () -> new byte[50_000]);

        assertThat(shared.kept()).isEqualTo(50_000);
        assertThat(shared.frame(large, "values", () -> new byte[1])).isSameAs(frame);
        assertThat(shared.frame(ENTRY, "values", () -> new byte[1])).hasSize(1);
        assertThat(shared.kept()).isEqualTo(1);
    }
}
