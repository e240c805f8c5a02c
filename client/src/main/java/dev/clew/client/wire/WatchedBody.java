package dev.clew.client.wire;

import dev.clew.value.WaitInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that comes over a long time, for one reader. If nothing comes for a while, the connection counts as dead:
 * the JDK's client waits forever for a server whose machine is gone. At most one piece is kept that was not read.
 */
final class WatchedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    private static final Object END = new Object();

    private final Duration silence;
    private final LinkedBlockingQueue<Object> pieces = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    private volatile boolean closed;
    private @Nullable Long deadline;
    private @Nullable ByteBuffer piece;
    private boolean over;

    WatchedBody(Duration silence) {
        this.silence = silence;
    }

    /** Ends the wait at this moment of {@link System#nanoTime}, whatever comes. */
    void until(long nanoTime) {
        deadline = nanoTime;
    }

    // --- what the connection tells ---

    /** There at once: the reader waits for the bytes, the request for the headers alone. */
    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
        subscription.set(made);
        if (closed) {
            made.cancel();
        } else {
            made.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.addAll(buffers);
        Flow.Subscription from = subscription.get();
        if (from != null && buffers.stream().noneMatch(ByteBuffer::hasRemaining)) {
            from.request(1);
        }
    }

    @Override
    public void onError(Throwable cut) {
        subscription.set(null);
        pieces.add(cut);
    }

    @Override
    public void onComplete() {
        // The connection may serve another request from now on, which a cancel would break.
        subscription.set(null);
        pieces.add(END);
    }

    // --- what the reader asks for ---

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (piece == null || !piece.hasRemaining()) {
            if (over) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, piece.remaining());
        piece.get(into, offset, count);
        return count;
    }

    private void next() throws IOException {
        Object got = pieces.poll();
        if (got == null) {
            Flow.Subscription from = subscription.get();
            if (from != null) {
                from.request(1);
            }
            got = waited();
        }
        if (got == END) {
            over = true;
        } else if (got instanceof ByteBuffer buffer) {
            piece = buffer;
        } else {
            throw new IOException("the connection was cut", got instanceof Throwable cut ? cut : null);
        }
    }

    private Object waited() throws IOException {
        long most = deadline == null
                ? silence.toNanos()
                : Math.min(silence.toNanos(), Math.max(0, deadline - System.nanoTime()));
        try {
            Object got = closed ? null : pieces.poll(most, TimeUnit.NANOSECONDS);
            if (got == null) {
                close();
                throw new HttpTimeoutException("nothing came for " + silence.toSeconds() + " s");
            }
            return got;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            close();
            throw new WaitInterruptedException(
                    "interrupted while a server was waited for; the run goes on at the server");
        }
    }

    /** Ends the connection, from any thread; a reader that waits gets an exception. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription from = subscription.get();
        if (from != null) {
            from.cancel();
        }
        pieces.add(new IOException("closed"));
    }
}
