package dev.clew.engine.follow;

import dev.clew.engine.world.Time;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one way to learn that a stored thread has changed. A run of this graph that comes to rest is signalled at once. What
 * other graphs and processes do to a thread is seen by looking at the store, after pauses that grow while nothing changes.
 */
public final class ThreadWatch {
    /** How often the store is looked at: every interval of the engine that depends on nothing else is here. */
    public enum Pace {
        /** A request that waits for a busy thread, or for its question to be asked. */
        BUSY(10, 50),
        /** A caller whose run another graph or process executes or has parked. */
        FOLLOWED(10, 250),
        /** A reader of such a run's log. */
        LOG(20, 500),
        /** A step whose child run waits for a person: the shortest pause; its graph's {@code parkAfter} may be longer. */
        CHILD(100, 100),
        /** A round over the runs that are parked here and that callers wait for. */
        PARKED(1_000, 1_000),
        /** A round over the runs that are executed here; a short lease makes it shorter. */
        EXECUTED(1_000, 1_000);

        private final Duration shortest;
        private final Duration longest;

        Pace(long shortest, long longest) {
            this.shortest = Duration.ofMillis(shortest);
            this.longest = Duration.ofMillis(longest);
        }

        public Duration shortest() {
            return shortest;
        }

        /** The pause after one that has brought nothing new. */
        private Duration after(Duration pause) {
            Duration doubled = pause.multipliedBy(2);
            return doubled.compareTo(longest) > 0 ? longest : doubled;
        }
    }

    private final Time time;
    private final ThreadSignals signals;
    private final BiConsumer<Runnable, Consumer<Throwable>> executor;

    /**
     * A watch of one graph.
     *
     * @param executor runs looks; gets each with a consumer for what leaves it
     */
    public ThreadWatch(Time time, ThreadSignals signals, BiConsumer<Runnable, Consumer<Throwable>> executor) {
        this.time = time;
        this.signals = signals;
        this.executor = executor;
    }

    /**
     * Watches a thread, once {@link Watch#later} is called.
     *
     * @param look looks at the thread once; calls {@code later} if there has to be another look
     * @param lost gets what leaves the look, or keeps it from being executed
     */
    public Watch watch(String threadId, Pace pace, Runnable look, Consumer<Throwable> lost) {
        return new Watch(threadId, pace, look, lost);
    }

    /** The looks of one watcher at one thread. One look at a time is due; closing the graph brings it forward. */
    public final class Watch {
        private final String threadId;
        private final Pace pace;
        private final Runnable look;
        private final Consumer<Throwable> lost;
        /** Guarded by this object. */
        private Duration pause;

        private Watch(String threadId, Pace pace, Runnable look, Consumer<Throwable> lost) {
            this.threadId = threadId;
            this.pace = pace;
            this.look = look;
            this.lost = lost;
            this.pause = pace.shortest();
        }

        /** Looks at the next signal, or after a pause; the pause after that will be longer. */
        public void later() {
            Duration until;
            synchronized (this) {
                until = pause;
                pause = pace.after(pause);
            }
            new Due().set(until);
        }

        /** The last look has found something new, so the next one comes soon. */
        public synchronized void foundNews() {
            pause = pace.shortest();
        }

        /** One look, by a signal or by its alarm. */
        private final class Due {
            // Guarded by this object.
            private boolean over;
            private @Nullable Future<?> alarm;

            void set(Duration until) {
                signals.listen(threadId, this, ThreadSignals.Event.AT_REST, this::come);
                Future<?> set = time.later(until, this::come);
                boolean late;
                synchronized (this) {
                    alarm = set;
                    late = over;
                }
                if (late) {
                    set.cancel(false);
                }
            }

            private void come() {
                Future<?> off;
                synchronized (this) {
                    if (over) {
                        return;
                    }
                    over = true;
                    off = alarm;
                }
                if (off != null) {
                    off.cancel(false);
                }
                signals.forget(threadId, this);
                executor.accept(look, lost);
            }
        }
    }
}
