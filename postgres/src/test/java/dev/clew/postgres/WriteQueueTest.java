package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whose turn it is to write. */
final class WriteQueueTest {
    private final WriteQueue queue = new WriteQueue();

    private static Request request() {
        return Request.write(new Claim("t", "ann", 1), Write.log("run", List.of()), true);
    }

    private CompletableFuture<List<Request>> take() {
        return CompletableFuture.supplyAsync(() -> queue.take(true));
    }

    @Test
    void aCallerMayWriteWhileNothingWaits() {
        assertThat(queue.begin()).isTrue();
        assertThat(queue.begin()).isFalse();

        queue.end(false);

        assertThat(queue.begin()).isTrue();
    }

    @Test
    void aCallerMayNotOvertakeWhatWaits() {
        queue.put(request(), true);

        assertThat(queue.begin()).isFalse();
    }

    @Test
    void theWriterHasItsTurnUntilItTakesAgain() {
        queue.put(request(), true);
        assertThat(queue.take(true)).hasSize(1);
        assertThat(queue.begin()).isFalse();

        CompletableFuture<List<Request>> next = take();

        Eventually.until(queue::begin);
        queue.end(false);
        queue.put(request(), true);
        assertThat(next.join()).hasSize(1);
    }

    @Test
    void theWriterTakesWhatCameWhileACallerWroteWhenThatHasEnded() {
        assertThat(queue.begin()).isTrue();
        queue.put(request(), true);
        CompletableFuture<List<Request>> next = take();
        assertThat(next).isNotDone();

        queue.end(false);

        assertThat(next.join()).hasSize(1);
    }

    @Test
    void afterRequestsThatCameTogetherCallersLeaveTheNextOnesToTheWriter() {
        queue.put(request(), true);
        queue.put(request(), true);
        assertThat(queue.take(true)).hasSize(2);

        for (int i = 0; i < 8; i++) {
            CompletableFuture<List<Request>> next = take();
            assertThat(queue.begin()).isFalse();
            queue.put(request(), true);
            assertThat(next.join()).hasSize(1);
        }

        CompletableFuture<List<Request>> last = take();
        Eventually.until(queue::begin);
        queue.end(false);
        queue.close();
        assertThat(last.join()).isEmpty();
    }

    @Test
    void whoeverHadAShareInAGroupIsWaitedForAMomentOnly() {
        for (int i = 0; i < 10; i++) {
            queue.put(request(), true);
        }
        assertThat(queue.take(true)).hasSize(10);
        CompletableFuture<List<Request>> next = take();

        queue.put(request(), true);

        assertThat(next.join()).hasSize(1);
    }

    @Test
    void whatACallerLeavesWakesTheWriter() {
        assertThat(queue.begin()).isTrue();
        CompletableFuture<List<Request>> next = take();

        queue.end(true);

        assertThat(next.join()).isEmpty();
        assertThat(queue.begin()).isFalse();
    }

    @Test
    void theWriterEndsBehindACallerThatWritesWhileTheQueueIsClosed() {
        assertThat(queue.begin()).isTrue();
        CompletableFuture<List<Request>> last = take();

        queue.close();
        assertThat(last).isNotDone();
        queue.end(false);

        assertThat(last).succeedsWithin(Duration.ofSeconds(30));
        assertThat(queue.begin()).isFalse();
    }
}
