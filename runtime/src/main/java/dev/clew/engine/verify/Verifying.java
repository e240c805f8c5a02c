package dev.clew.engine.verify;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.Engine;
import dev.clew.engine.world.DaemonThreads;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.verify.ThreadVerdict;
import dev.clew.verify.VerifyOptions;
import dev.clew.verify.VerifyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replays stored threads against the code at hand: nothing is claimed, written or executed. A replay that comes to what is not recorded is
 * halted there. A few are replayed at a time, each on a thread of its own, so that one that hangs holds up few others.
 */
public final class Verifying implements AutoCloseable {
    private static final int PAGE = 100;
    private static final int MOST_AT_ONCE = 4;

    private final Checkpointer store;
    private final VerifyOptions options;
    private final List<Replays> replays = new ArrayList<>();
    private final ExecutorService threads;

    public Verifying(Engine engine, VerifyOptions options) {
        this.options = options;
        this.store = engine.store()
                .orElseThrow(() -> new RequestRefusedException(
                        Reason.NO_CHECKPOINTER,
                        "nothing is stored, so there is nothing to verify: the graph has no checkpointer"));
        int atOnce = Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < atOnce; i++) {
            replays.add(new Replays(engine, store));
        }
        this.threads = Executors.newFixedThreadPool(atOnce, work -> DaemonThreads.of("clew-verify", work));
    }

    public VerifyReport report() {
        Instant at = store.now();
        List<ThreadVerdict> verdicts = new ArrayList<>();
        Set<ThreadStatus> statuses = options.statuses().isEmpty() ? VerifyOptions.UNFINISHED : options.statuses();
        ThreadQuery query = new ThreadQuery(Set.of(), statuses, options.workflows(), null, null, PAGE, false);
        List<ThreadRecord> page = store.threads(query);
        while (!page.isEmpty() && !isEnough(verdicts)) {
            long left = options.most() == 0 ? Long.MAX_VALUE : options.most() - verdicts.size();
            verdicts.addAll(
                    verdicts(page.stream().filter(this::isWanted).limit(left).toList()));
            page = store.threads(query.after(page.get(page.size() - 1).threadId()));
        }
        return new VerifyReport(at, verdicts);
    }

    private boolean isEnough(List<ThreadVerdict> verdicts) {
        return options.most() > 0 && verdicts.size() >= options.most();
    }

    /** What a run that executes adds to its log does not change its thread's row. */
    private boolean isWanted(ThreadRecord thread) {
        return options.since() == null
                || !thread.updatedAt().isBefore(options.since())
                || thread.head().status() == ThreadStatus.RUNNING;
    }

    /** In the order of the threads. */
    private List<ThreadVerdict> verdicts(List<ThreadRecord> page) {
        Map<Integer, ThreadVerdict> verdicts = new ConcurrentSkipListMap<>();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> working = new ArrayList<>();
        for (Replays each : replays) {
            working.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < page.size(); i = next.getAndIncrement()) {
                    verdicts.put(i, each.verdict(page.get(i)));
                }
            }));
        }
        working.forEach(Verifying::await);
        return List.copyOf(verdicts.values());
    }

    private static void await(Future<?> working) {
        try {
            Object unused = working.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("verify was interrupted");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException broken) {
                throw broken;
            } else if (failed.getCause() instanceof Error broken) {
                throw broken;
            }
            throw new IllegalStateException("verify", failed);
        }
    }

    @Override
    public void close() {
        List<Runnable> unused = threads.shutdownNow();
        replays.forEach(Replays::close);
    }
}
