package dev.clew.server.kernel;

import dev.clew.server.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Frames that end when their reader may read them no more, which is looked at from time to time: a stream may outlive the rights of
 * who opened it. The last frame says why.
 */
final class GuardedFrames implements Frames {
    private final Frames frames;
    private final Supplier<Optional<ApiRefusal>> refusal;
    private final long every;
    private final LongSupplier nanos;

    // Used by one thread at a time.
    private long lookedAt;
    private volatile boolean refused;

    /**
     * Frames for a reader who is looked at.
     *
     * @param refusal why the reader may read no more; empty if they may
     * @param nanos a clock as {@code System.nanoTime()}
     */
    GuardedFrames(Frames frames, Supplier<Optional<ApiRefusal>> refusal, Duration every, LongSupplier nanos) {
        this.frames = frames;
        this.refusal = refusal;
        this.every = every.toNanos();
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
    }

    @Override
    public byte @Nullable [] next() {
        long now = nanos.getAsLong();
        if (!refused && now - lookedAt >= every) {
            lookedAt = now;
            Optional<ApiRefusal> why = refusal.get();
            if (why.isPresent()) {
                refused = true;
                return frame(why.get());
            }
        }
        return refused ? null : frames.next();
    }

    private static byte[] frame(ApiRefusal why) {
        ObjectNode error = Json.object();
        error.put("error", why.code());
        error.put("message", why.sentence());
        return ("event: error\ndata: " + Json.write(error) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isOver() {
        return refused || frames.isOver();
    }

    @Override
    public void onMore(Runnable reader) {
        if (refused) {
            reader.run();
        } else {
            frames.onMore(reader);
        }
    }

    @Override
    public void close() {
        frames.close();
    }
}
