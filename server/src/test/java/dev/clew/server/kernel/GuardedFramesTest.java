package dev.clew.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GuardedFramesTest {
    private static final byte[] FRAME = {1};

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean may = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final Frames frames = new GuardedFrames(
            new Endless(),
            () -> {
                asked.incrementAndGet();
                return may.get() ? Optional.empty() : Optional.of(ApiRefusal.forbidden("no more"));
            },
            Duration.ofSeconds(60),
            nanos::get);

    private static final class Endless implements Frames {
        @Override
        public byte[] next() {
            return FRAME;
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void onMore(Runnable reader) {
            reader.run();
        }

        @Override
        public void close() {}
    }

    private void passes(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void theReaderIsLookedAtOnceAMinute() {
        assertThat(frames.next()).isEqualTo(FRAME);
        passes(59);
        assertThat(frames.next()).isEqualTo(FRAME);
        assertThat(asked).hasValue(0);

        passes(1);
        assertThat(frames.next()).isEqualTo(FRAME);
        assertThat(frames.next()).isEqualTo(FRAME);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aReaderWhoMayNoMoreGetsNothingMore() {
        may.set(false);
        assertThat(frames.next()).isEqualTo(FRAME);
        assertThat(frames.isOver()).isFalse();

        passes(60);

        assertThat(frames.next())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("event: error\ndata: {\"error\":\"forbidden\",\"message\":\"no more\"}\n\n");
        assertThat(frames.next()).isNull();
        assertThat(frames.isOver()).isTrue();
        may.set(true);
        passes(60);
        assertThat(frames.next()).isNull();
    }
}
