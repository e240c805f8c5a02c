package dev.clew.engine.caller;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of a workflow waits for. A task that waits here, or at a stage made of this one, gives its permit back
 * meanwhile.
 */
public class CallersFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallersFuture<>();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        CallerWait wait = begin();
        try {
            return super.get();
        } finally {
            end(wait);
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        CallerWait wait = begin();
        try {
            return super.get(timeout, unit);
        } finally {
            end(wait);
        }
    }

    @Override
    public T join() {
        CallerWait wait = begin();
        try {
            return super.join();
        } finally {
            end(wait);
        }
    }

    private @Nullable CallerWait begin() {
        return isDone() ? null : CallerWait.begin(this);
    }

    private void end(@Nullable CallerWait wait) {
        if (isCompletedExceptionally()) {
            CallerWait.failed();
        }
        if (wait != null) {
            wait.end();
        }
    }
}
