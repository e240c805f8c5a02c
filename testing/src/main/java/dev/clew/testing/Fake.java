package dev.clew.testing;

import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The script of a task or a node: what each attempt that executes does, one after the other. A value, an answer or a {@link
 * #thenFails} at the end is repeated for ever; where nothing is left of the script, its own code runs. Thread-safe.
 *
 * <pre>{@code
 * fakes.when(tasks -> tasks.compose("rain")).fails(2).thenReturns(new Draft("It rains."));
 * }</pre>
 *
 * @param <R> what it returns
 */
public final class Fake<R extends @Nullable Object> {
    private final Faked faked;
    private final Rest rest;
    private final List<Act<R>> script = new ArrayList<>();
    private boolean repeats;
    private int played;

    Fake(Faked faked, Rest rest) {
        this.faked = faked;
        this.rest = rest;
    }

    /** What one attempt does. */
    @FunctionalInterface
    public interface Act<R extends @Nullable Object> {
        R play(TaskCall call) throws Throwable;
    }

    /** So many attempts fail with an {@link IOException}, which is retried where the task has retries. */
    public Fake<R> fails(int attempts) {
        for (int i = 1; i <= attempts; i++) {
            String message = "scripted failure " + i + " of " + attempts + " of " + faked.label();
            add(false, call -> {
                throw new IOException(message);
            });
        }
        return this;
    }

    /** So many attempts fail with this. */
    public Fake<R> fails(int attempts, Throwable failure) {
        for (int i = 0; i < attempts; i++) {
            add(false, call -> {
                throw failure;
            });
        }
        return this;
    }

    /** The next attempt, and at the end of the script all others, fail with this. */
    public Fake<R> thenFails(Throwable failure) {
        return add(true, call -> {
            throw failure;
        });
    }

    /** The next attempt returns this, and at the end of the script all others do. */
    public Fake<R> returns(R value) {
        return add(true, call -> value);
    }

    /** {@link #returns} after something else. */
    public Fake<R> thenReturns(R value) {
        return returns(value);
    }

    /** The next attempt does this, and at the end of the script all others do: a model that answers what it is asked. */
    public Fake<R> answers(Act<R> act) {
        return add(true, act);
    }

    /** The next attempt hangs until it is interrupted, by its timeout for one; the clock moves on meanwhile. */
    public Fake<R> hangs() {
        return add(false, call -> {
            rest.ends();
            try {
                new CountDownLatch(1).await();
            } finally {
                rest.begins();
            }
            throw new IllegalStateException("nothing ends this wait but an interrupt");
        });
    }

    /** How many attempts have executed this script. */
    public synchronized int played() {
        return played;
    }

    private synchronized Fake<R> add(boolean forever, Act<R> act) {
        script.add(act);
        repeats = forever;
        return this;
    }

    boolean isAbout(TaskSpec<?> other) {
        return faked.is(other);
    }

    boolean takes(TaskSpec<?> other, TaskCall call) {
        return faked.is(other) && faked.takes(other, call);
    }

    @Nullable
    Object play(TaskSpec<?> other, TaskCall call) throws Throwable {
        Act<R> act = next();
        return act == null ? other.body().run(call) : act.play(call);
    }

    private synchronized @Nullable Act<R> next() {
        played++;
        boolean left = played <= script.size() || repeats;
        return left ? script.get(Math.min(played, script.size()) - 1) : null;
    }
}
