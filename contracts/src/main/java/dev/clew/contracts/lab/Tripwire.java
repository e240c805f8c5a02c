package dev.clew.contracts.lab;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunListener;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Counts the calls of one part of a graph, and throws an error at the call with a given number. */
public final class Tripwire {
    private final int at;
    private final Error error;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param at the number of the call that fails, from 1; 0 for none */
    public Tripwire(int at, Error error) {
        this.at = at;
        this.error = error;
    }

    /** Whether the call that fails was made. */
    public boolean tripped() {
        return at > 0 && calls.get() >= at;
    }

    private void step() {
        if (calls.incrementAndGet() == at) {
            throw error;
        }
    }

    public Checkpointer on(Checkpointer store) {
        return new ForwardingCheckpointer(store) {
            @Override
            protected void before(String call) {
                step();
            }
        };
    }

    public TaskCache on(TaskCache cache) {
        return new TaskCache() {
            @Override
            public Optional<byte[]> get(CacheKey key) {
                step();
                return cache.get(key);
            }

            @Override
            public void put(CacheKey key, byte[] entry, Duration timeToLive) {
                step();
                cache.put(key, entry, timeToLive);
            }

            @Override
            public void clear(String declaringClass, String signature) {
                cache.clear(declaringClass, signature);
            }

            @Override
            public void clear() {
                cache.clear();
            }
        };
    }

    public Codec on(Codec codec) {
        return new CodecTripwire(codec);
    }

    public UnaryOperator<Runnable> decorator() {
        return work -> {
            step();
            return () -> {
                step();
                work.run();
            };
        };
    }

    public Executor on(Executor executor) {
        return work -> {
            step();
            executor.execute(work);
        };
    }

    /** Steps on with a value that is handed through. */
    public <T> T on(T value) {
        step();
        return value;
    }

    public RunListener listener() {
        return new ListenerTripwire();
    }

    private final class CodecTripwire implements Codec {
        private final Codec codec;

        CodecTripwire(Codec codec) {
            this.codec = codec;
        }

        @Override
        public byte[] encode(Object value, TypeRef<?> type) {
            step();
            return codec.encode(value, type);
        }

        @Override
        public <T> T decode(byte[] bytes, TypeRef<T> type) {
            step();
            return codec.decode(bytes, type);
        }

        @Override
        public Object decodePlain(byte[] bytes) {
            step();
            return codec.decodePlain(bytes);
        }

        @Override
        public byte[] digest(Object[] values, List<? extends TypeRef<?>> types) {
            step();
            return codec.digest(values, types);
        }

        @Override
        public byte[] protect(byte[] clear, Place place) {
            step();
            return codec.protect(clear, place);
        }

        @Override
        public byte[] reveal(byte[] stored, Place place) {
            step();
            return codec.reveal(stored, place);
        }

        @Override
        public Optional<String> schema(TypeRef<?> type) {
            step();
            return codec.schema(type);
        }
    }

    private final class ListenerTripwire implements RunListener {
        @Override
        public void runStarted(RunInfo run) {
            step();
        }

        @Override
        public void runResumed(RunInfo run) {
            step();
        }

        @Override
        public void runInterrupted(RunInfo run, List<PendingInterrupt<?, ?>> pending) {
            step();
        }

        @Override
        public void runSleeping(RunInfo run, Instant wakeAt) {
            step();
        }

        @Override
        public void runCompleted(RunInfo run) {
            step();
        }

        @Override
        public void runFailed(RunInfo run, Throwable failure) {
            step();
        }

        @Override
        public void stepStarted(RunInfo run, StepInfo step) {
            step();
        }

        @Override
        public void stepReplayed(RunInfo run, StepInfo step) {
            step();
        }

        @Override
        public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
            step();
        }

        @Override
        public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
            step();
        }

        @Override
        public void stepFailed(RunInfo run, StepInfo step, Failure failure) {
            step();
        }

        @Override
        public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
            step();
        }
    }
}
