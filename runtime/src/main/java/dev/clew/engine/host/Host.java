package dev.clew.engine.host;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.follow.FollowedStore;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.request.LeaseRelease;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import java.util.function.Consumer;

/** The engine of a graph, as its parts see it: what they share. */
public interface Host {
    EngineSettings settings();

    /** The name under which it claims threads. */
    String owner();

    Claims claims();

    LeaseRelease releases();

    /** What is told in this process of threads. */
    ThreadSignals signals();

    ThreadWatch watch();

    boolean isClosed();

    /** Gives work to the executor. What keeps it from running, or leaves it, goes to this consumer. Never throws. */
    void hand(Runnable work, Consumer<Throwable> lost);

    default void requireOpen() {
        if (isClosed()) {
            throw new RequestRefusedException(Reason.CLOSED, "the graph is closed and takes no more runs");
        }
    }

    /** The checkpointer, which this call needs. */
    default Checkpointer requireStore(String call) {
        Checkpointer store = settings().checkpointer();
        if (store == null) {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER, call + " needs a checkpointer; build the graph with .checkpointer(…)");
        }
        return store;
    }

    static String requireThread(RunConfig config) {
        return config.threadId()
                .orElseThrow(() -> new RequestRefusedException(
                        "a graph with a checkpointer needs a thread id: use RunConfig.thread(id)"));
    }

    /** The contexts that a run gets, if they are all that its workflow needs. */
    default Contexts requireContexts(WorkflowSpec<?, ?> spec, RunConfig config) {
        Contexts contexts = Contexts.of(config, settings());
        contexts.requireFor(spec);
        return contexts;
    }

    default Checkpoints checkpoints(Checkpointer store) {
        return new Checkpoints(store, settings().codec());
    }

    /** What it takes to follow runs that other graphs and processes execute. */
    default FollowedStore followed(Checkpointer store) {
        return new FollowedStore(
                store,
                settings().codec(),
                settings().time(),
                claims(),
                watch(),
                settings().lease(),
                settings().executes(),
                this::isClosed);
    }
}
