package dev.clew.engine.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final EventQueue queue = new EventQueue(List.of(StreamMode.UPDATES), LONG, 1, new ReentrantLock());

    @Test
    void keepsAnEventWhoseThreadIsInterruptedWhileItWaitsForRoom() throws Exception {
        CompletableFuture<Boolean> flag = publishInterrupted(new AtomicBoolean(true));

        assertThat(queue.take()).isEqualTo(event("first"));
        assertThat(queue.take()).isEqualTo(event("second"));
        assertThat(flag.get()).as("the interrupt is kept for the caller").isTrue();
    }

    @Test
    void givesUpAnEventThatDoesNotHoldAnyMoreWhenItsThreadIsInterrupted() throws Exception {
        assertThat(publishInterrupted(new AtomicBoolean(false)).get()).isTrue();

        assertThat(queue.poll()).isEqualTo(event("first"));
        assertThat(queue.poll()).isNull();
    }

    /** Publishes a second event on an interrupted thread; gives whether the thread is interrupted afterwards. */
    private CompletableFuture<Boolean> publishInterrupted(AtomicBoolean holds) {
        queue.publish(event("first"));
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread publisher = new Thread(() -> {
            Thread.currentThread().interrupt();
            queue.publish(event("second"), holds::get);
            flag.complete(Thread.currentThread().isInterrupted());
        });
        publisher.start();
        return flag;
    }

    private static StreamEvent event(String value) {
        return new StreamEvent.Update("task", "task:task#1", value, false, false);
    }
}
