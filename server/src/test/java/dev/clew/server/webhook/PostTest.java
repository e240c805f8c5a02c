package dev.clew.server.webhook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Receivers that keep a sender waiting. */
@Timeout(30)
final class PostTest {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Post post = new Post(true, Duration.ofMillis(200), clock);
    private ServerSocket receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        clock.shutdownNow();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + receiver.getLocalPort() + "/hook");
    }

    /** The connection is accepted by the system, and nobody reads it. */
    @Test
    void aReceiverThatReadsNothingIsLeft() {
        byte[] moreThanBuffersHold = new byte[64 << 20];

        assertThatThrownBy(() -> post.send(address(), moreThanBuffersHold, Map.of()))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void aReceiverThatNeverAnswersIsLeft() {
        assertThatThrownBy(() -> post.send(address(), new byte[] {1}, Map.of()))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("longer than");
    }
}
