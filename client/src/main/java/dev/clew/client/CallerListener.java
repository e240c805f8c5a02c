package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.client.wire.RunCalls;
import dev.clew.flow.RunListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels what cancelled runs had started on a server. */
final class CallerListener implements RunListener {
    /** The metadata of a run, and of the thread that was made for it, that name the run that has called it. */
    static final String CALLER = "clew_caller";

    private static final int PAGE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(CallerListener.class);

    private final RemoteRuns<?> runs;
    private final Executor executor;

    CallerListener(RemoteRuns<?> runs, Executor executor) {
        this.runs = runs;
        this.executor = executor;
    }

    static String of(String threadId, String runId) {
        return threadId + "/" + runId;
    }

    @Override
    public void runCancelled(RunInfo run) {
        executor.execute(() -> {
            try {
                cancel(of(run.threadId(), run.runId()));
            } catch (RuntimeException failed) {
                LOG.warn(
                        "what the cancelled run '{}' had started on a server was not cancelled there",
                        run.runId(),
                        failed);
            }
        });
    }

    private void cancel(String caller) {
        runs.faults().of(caller, () -> {
            RunCalls calls = runs.calls();
            for (int offset = 0; ; offset += PAGE) {
                List<Doc> threads = calls.queried(
                        "/threads/search", Map.of("metadata", Map.of(CALLER, caller), "limit", PAGE, "offset", offset));
                for (Doc thread : threads) {
                    cancel(calls, thread.text("thread_id").orElseThrow(), caller);
                }
                if (threads.size() < PAGE) {
                    return true;
                }
            }
        });
    }

    /** Others may have asked for runs of the same thread. */
    private static void cancel(RunCalls calls, String thread, String caller) throws IOException {
        for (Doc run : calls.runs(thread)) {
            boolean isOwn =
                    run.get("metadata").text(CALLER).filter(caller::equals).isPresent();
            if (isOwn && RunCalls.isUnderWay(run)) {
                boolean unused = calls.cancel(thread, run.text("run_id").orElseThrow());
            }
        }
    }
}
