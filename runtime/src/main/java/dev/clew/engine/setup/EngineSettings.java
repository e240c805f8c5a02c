package dev.clew.engine.setup;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.cache.ResultCache;
import dev.clew.engine.world.Courier;
import dev.clew.engine.world.Time;
import dev.clew.engine.world.Waiting;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.Durability;
import dev.clew.flow.RunListener;
import dev.clew.store.Namespace;
import dev.clew.store.Store;
import dev.clew.value.Codec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a graph was built with.
 *
 * @param checkpointer where runs are stored; null for none
 * @param cache where results of cached tasks are kept; null for nowhere
 * @param store what tasks get when they ask for the store; null for none
 * @param subjectNamespaces where the store keeps what is about a subject
 * @param contexts what {@code @Context} parameters get where a run's configuration gives nothing, the newest first
 * @param makers make contexts of a run's attributes, the newest first; they come before those
 * @param courier who looks after tasks that are held back for who joins them; null where the executor gets all at once
 * @param parkAfter how long a wait may be for the run to stay in memory
 * @param lease how long a claim holds without renewal
 * @param warnOnly whether a mismatch with the log is only logged
 * @param loader what code of the graph finds as its context class loader
 * @param stackTraces whether failures are recorded with their stack traces
 * @param keepArguments whether entries of calls keep what the call was made with, for messages and people
 * @param executes whether it executes runs; a client does not: it enqueues them, and follows what others do
 * @param breakpoints where runs of graphs pause whose configuration says nothing of it
 */
public record EngineSettings(
        @Nullable Checkpointer checkpointer,
        @Nullable ResultCache cache,
        @Nullable Store store,
        Function<String, List<Namespace>> subjectNamespaces,
        Codec codec,
        Durability durability,
        Permits permits,
        Executor executor,
        @Nullable Courier courier,
        @Nullable RunListener listener,
        @Nullable UnaryOperator<Runnable> decorator,
        GivenContexts contexts,
        List<ContextMaker<?>> makers,
        Duration parkAfter,
        Duration closeTimeout,
        Duration streamStall,
        Duration lease,
        boolean warnOnly,
        ContextLoader loader,
        boolean stackTraces,
        boolean keepArguments,
        boolean executes,
        Breakpoints breakpoints,
        @Nullable String deployment,
        Time time) {

    /** How its threads wait for each other. */
    public Waiting waiting() {
        return time.world().waiting();
    }
}
