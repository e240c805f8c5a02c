package dev.clew.sim;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunListener;
import dev.clew.value.Codec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which calls of code from outside the engine throw an {@link Error}. Drawn apart from programs and schedules.
 *
 * @param all each call that throws
 */
record Slips(List<Slip> all) {
    static final Slips NONE = new Slips(List.of());

    private static final int MOST = 3;
    private static final String MESSAGE = "injected ";

    /** The parts of a graph that call code from outside the engine. */
    enum Part {
        CODEC,
        STORE,
        LISTENER,
        CACHE,
        DECORATOR
    }

    /** How often each part threw in this process; many simulations run at once. */
    private static final Map<Part, LongAdder> THROWN = new EnumMap<>(Part.class);

    static {
        Stream.of(Part.values()).forEach(part -> THROWN.put(part, new LongAdder()));
    }

    /** How often this part threw in this process. */
    static long thrown(Part part) {
        return THROWN.get(part).sum();
    }

    /** The call of this number, from 1, of that part. */
    record Slip(Part part, int call) {}

    Slips {
        all = List.copyOf(all);
    }

    static Slips random(Random random) {
        List<Slip> slips = new ArrayList<>();
        for (int i = 1 + random.nextInt(MOST); i > 0; i--) {
            Part part = Part.values()[random.nextInt(Part.values().length)];
            // Small programs make few calls: low numbers are drawn as often as high ones.
            slips.add(new Slip(part, 1 + random.nextInt(1 << 1 + random.nextInt(8))));
        }
        return new Slips(slips);
    }

    /** All that have one fewer. */
    Stream<Slips> simpler() {
        return IntStream.range(0, all.size()).mapToObj(i -> {
            List<Slip> rest = new ArrayList<>(all);
            rest.remove(i);
            return new Slips(rest);
        });
    }

    /** Whether this error, or what it led to, is one of ours. */
    static boolean caused(Throwable told) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable next = told; next != null && seen.add(next); next = next.getCause()) {
            if (String.valueOf(next.getMessage()).contains(MESSAGE)) {
                return true;
            }
        }
        return false;
    }

    /** Counts the calls of one simulation. */
    Counter counter(Scheduler scheduler) {
        return new Counter(scheduler);
    }

    /** Wraps the parts of graphs; the calls of all processes count together. */
    final class Counter {
        private final Scheduler scheduler;
        private final Map<Part, Integer> calls = new EnumMap<>(Part.class);
        private final List<Error> thrown = new ArrayList<>();

        private Counter(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        /** What was thrown so far. */
        List<Error> thrown() {
            return thrown;
        }

        private void step(Part part, String call) {
            if (scheduler.current().host == null) {
                // People decode what they were told, too.
                return;
            }
            Slip now = new Slip(part, calls.merge(part, 1, Integer::sum));
            if (all.contains(now)) {
                String text = MESSAGE + now + " in " + call;
                Error error = now.call() % 2 == 0 ? new AssertionError(text) : new NoClassDefFoundError(text);
                thrown.add(error);
                THROWN.get(part).increment();
                scheduler.note(text);
                throw error;
            }
        }

        Checkpointer on(Checkpointer store) {
            return each(Part.STORE, Checkpointer.class, store);
        }

        Codec on(Codec codec) {
            return each(Part.CODEC, Codec.class, codec);
        }

        RunListener listener() {
            return each(Part.LISTENER, RunListener.class, new RunListener() {});
        }

        TaskCache on(TaskCache cache) {
            return new TaskCache() {
                @Override
                public Optional<byte[]> get(CacheKey key) {
                    step(Part.CACHE, "get");
                    return cache.get(key);
                }

                @Override
                public void put(CacheKey key, byte[] entry, Duration timeToLive) {
                    step(Part.CACHE, "put");
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

        UnaryOperator<Runnable> decorator() {
            return work -> {
                step(Part.DECORATOR, "decorate");
                return () -> {
                    step(Part.DECORATOR, "run");
                    work.run();
                };
            };
        }

        private <T> T each(Part part, Class<T> type, T real) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() != Object.class) {
                            step(part, method.getName());
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }));
        }
    }
}
