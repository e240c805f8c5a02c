package dev.clew.engine.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RelayTest {
    /** A run that sleeps has a future more for each time that it is woken. */
    @Test
    void longChainOfFuturesPassesItsResultOn() {
        CompletableFuture<String> first = Promise.handedOut();
        CompletableFuture<String> last = first;
        for (int i = 0; i < 100_000; i++) {
            CompletableFuture<String> next = Promise.handedOut();
            Relay.results(last, next);
            last = next;
        }

        first.complete("done");

        assertThat(last).isCompletedWithValue("done");
        assertThat(Promise.isReceived(first)).isFalse();
    }

    @Test
    void longChainOfFuturesPassesItsFailureOn() {
        CompletableFuture<String> first = Promise.handedOut();
        CompletableFuture<String> last = first;
        for (int i = 0; i < 100_000; i++) {
            CompletableFuture<String> next = Promise.handedOut();
            Relay.results(last, next);
            last = next;
        }

        first.completeExceptionally(new IllegalStateException("failed"));

        assertThat(last).isCompletedExceptionally();
    }
}
