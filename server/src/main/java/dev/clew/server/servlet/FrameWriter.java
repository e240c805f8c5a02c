package dev.clew.server.servlet;

import dev.clew.server.kernel.Frames;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes frames as fast as the client reads, without a thread of its own. Between frames it sends something that keeps the
 * connection alive, at regular times. A client that takes nothing for some time is cut off.
 */
final class FrameWriter implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Frames frames;
    private final byte[] beat;
    private final Duration stalledAfter;
    private final Executor executor;

    // Guarded by this.
    private boolean started;
    private boolean unflushed = true;
    private boolean beatDue;
    private boolean waiting;
    private boolean over;
    private long movedAt = System.nanoTime();
    private @Nullable Future<?> beating;

    FrameWriter(
            AsyncContext context,
            ServletOutputStream out,
            Frames frames,
            byte[] beat,
            Duration stalledAfter,
            Executor executor) {
        this.context = context;
        this.out = out;
        this.frames = frames;
        this.beat = beat;
        this.stalledAfter = stalledAfter;
        this.executor = executor;
    }

    /** @param beats what calls {@link #beat()} at regular times; it is cancelled at the end */
    synchronized void start(Future<?> beats) {
        beating = beats;
        out.setWriteListener(this);
    }

    /** It is time to send something. */
    void beat() {
        executor.execute(() -> {
            synchronized (this) {
                if (over) {
                    return;
                }
                if (System.nanoTime() - movedAt > stalledAfter.toNanos()) {
                    fail(new IOException("the client took nothing for " + stalledAfter));
                    return;
                }
                beatDue = true;
                pump();
            }
        });
    }

    private void wake() {
        executor.execute(() -> {
            synchronized (this) {
                waiting = false;
                pump();
            }
        });
    }

    @Override
    public synchronized void onWritePossible() {
        started = true;
        pump();
    }

    private void pump() {
        if (!started || over) {
            return;
        }
        try {
            while (out.isReady()) {
                if (!write()) {
                    return;
                }
            }
        } catch (IOException left) {
            fail(left);
        } catch (RuntimeException failed) {
            LOG.error("a stream could not be continued, and ends", failed);
            fail(failed);
        }
    }

    /** Writes the next thing that there is; false if there is none now. */
    private boolean write() throws IOException {
        byte[] frame = frames.next();
        if (frame != null) {
            out.write(frame);
            moved();
            return true;
        }
        if (frames.isOver()) {
            end();
            return false;
        }
        if (beatDue) {
            beatDue = false;
            out.write(beat);
            moved();
            return true;
        }
        if (unflushed) {
            unflushed = false;
            out.flush();
            return true;
        }
        if (!waiting) {
            waiting = true;
            frames.onMore(this::wake);
        }
        return false;
    }

    private void moved() {
        unflushed = true;
        beatDue = false;
        movedAt = System.nanoTime();
    }

    private void end() {
        over = true;
        stopBeating();
        frames.close();
        context.complete();
    }

    @Override
    public void onError(Throwable failed) {
        synchronized (this) {
            fail(failed);
        }
    }

    private void fail(Throwable why) {
        if (over) {
            return;
        }
        over = true;
        stopBeating();
        LOG.debug("a client left before the end of its answer", why);
        try {
            frames.close();
        } finally {
            context.complete();
        }
    }

    private void stopBeating() {
        Future<?> beats = beating;
        if (beats != null) {
            boolean unused = beats.cancel(false);
        }
    }
}
