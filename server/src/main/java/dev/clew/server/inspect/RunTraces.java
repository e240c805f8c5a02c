package dev.clew.server.inspect;

import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.server.api.Parts;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.state.RunTrace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs did. The last that were asked for are kept, so that a page of a long run does not read its log anew; a kept one is
 * used only as long as its log has no more entries and its row says the same. Thread-safe.
 */
final class RunTraces {
    private static final int MOST_KEPT = 32;

    /** More steps than this are not kept, all runs together. */
    private static final int MOST_STEPS = 200_000;

    private final Parts parts;

    // Guarded by itself.
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(String threadId, String runId) {}

    private record Kept(RunRecord run, boolean isHead, TraceTree tree) {
        /** Whether the row says the same; a thread that was deleted may have left its ids to another one. */
        boolean isOf(RunRecord now) {
            return run.status() == now.status()
                    && run.startedAt().equals(now.startedAt())
                    && run.inputCheckpoint().equals(now.inputCheckpoint());
        }
    }

    RunTraces(Parts parts) {
        this.parts = parts;
    }

    /**
     * What a run did, up to now.
     *
     * @throws ApiRefusal with 404 if there is no such run
     */
    TraceTree of(String threadId, String runId) {
        RunRecord run = parts.store()
                .run(threadId, runId)
                .orElseThrow(() -> ApiRefusal.notFound("the thread '" + threadId + "' has no run '" + runId + "'"));
        boolean isHead = parts.store()
                .thread(threadId)
                .map(ThreadRecord::head)
                .filter(head -> runId.equals(head.runId()))
                .isPresent();
        Key key = new Key(threadId, runId);
        Kept before = find(key);
        if (before != null && before.isOf(run) && before.isHead() == isHead && isAll(before.tree())) {
            return before.tree();
        }
        RunTrace trace = parts.operator()
                .trace(threadId, runId)
                .orElseThrow(() -> ApiRefusal.notFound("the run '" + runId + "' was deleted just now"));
        TraceTree tree = new TraceTree(trace, origin(threadId, trace));
        keep(key, new Kept(run, isHead, tree));
        return tree;
    }

    private boolean isAll(TraceTree tree) {
        RunTrace trace = tree.trace();
        return parts.operator()
                        .events(trace.threadId(), trace.runId(), trace.entries(), 1)
                        .next()
                == trace.entries();
    }

    /** The run that a run was forked from, and when; null if it was opened by an input. */
    private TraceTree.@Nullable Origin origin(String threadId, RunTrace trace) {
        return Checkpoints.fork(parts.store(), threadId, trace.openedBy())
                .map(fork -> new TraceTree.Origin(
                        fork.parentId(), Checkpoints.runOf(parts.store(), threadId, fork.parentId()), fork.createdAt()))
                .orElse(null);
    }

    private @Nullable Kept find(Key key) {
        synchronized (kept) {
            return kept.get(key);
        }
    }

    private void keep(Key key, Kept one) {
        synchronized (kept) {
            kept.put(key, one);
            int steps =
                    kept.values().stream().mapToInt(each -> each.tree().size()).sum();
            var oldest = kept.entrySet().iterator();
            while (kept.size() > 1 && (kept.size() > MOST_KEPT || steps > MOST_STEPS)) {
                steps -= oldest.next().getValue().tree().size();
                oldest.remove();
            }
        }
    }

    /** The step of a run with this path. */
    Optional<TraceTree.Node> step(String threadId, String runId, String path) {
        return of(threadId, runId).find(path);
    }
}
