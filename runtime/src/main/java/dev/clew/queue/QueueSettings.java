package dev.clew.queue;

import dev.clew.value.IllegalRequestException;

/**
 * What holds for a queue in all processes. Stored with it.
 *
 * <pre>{@code
 * graph.queue("essays").configure(QueueSettings.NONE.globalConcurrency(100).perKeyConcurrency(2));
 * }</pre>
 *
 * @param paused whether no new run is opened; runs that were opened continue
 * @param globalConcurrency how many of its runs execute at once; 0 for any number
 * @param perKeyConcurrency how many runs of one concurrency key execute at once; 0 for any number
 */
public record QueueSettings(boolean paused, int globalConcurrency, int perKeyConcurrency) {
    /** No limits, not paused: what holds for a queue that was never configured. */
    public static final QueueSettings NONE = new QueueSettings(false, 0, 0);

    public QueueSettings {
        if (globalConcurrency < 0 || perKeyConcurrency < 0) {
            throw new IllegalRequestException("a queue's limits must be at least 0, which stands for none, not "
                    + Math.min(globalConcurrency, perKeyConcurrency));
        }
    }

    /** The same, paused or not. */
    public QueueSettings paused(boolean pause) {
        return new QueueSettings(pause, globalConcurrency, perKeyConcurrency);
    }

    /** The same with this limit for all of the queue's runs; 0 for none. */
    public QueueSettings globalConcurrency(int most) {
        return new QueueSettings(paused, most, perKeyConcurrency);
    }

    /** The same with this limit for the runs of one key; 0 for none. */
    public QueueSettings perKeyConcurrency(int most) {
        return new QueueSettings(paused, globalConcurrency, most);
    }
}
