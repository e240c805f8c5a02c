package dev.clew.engine.verify;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.Engine;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.verify.ReplayImage.Came;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.verify.ThreadVerdict;
import dev.clew.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of stored threads, one after another, whether the code at hand fits them: each is replayed as a copy in memory. For one thread. */
final class Replays implements AutoCloseable {
    private static final int PAGE = 100;

    /** How many copies are held in memory. */
    private static final int MOST_COPIES = 250;

    private final Engine engine;
    private final Checkpointer store;
    private ReplayImage image;
    private int copies;

    Replays(Engine engine, Checkpointer store) {
        this.engine = engine;
        this.store = store;
        this.image = new ReplayImage(engine);
    }

    ThreadVerdict verdict(ThreadRecord thread) {
        List<LogRecord> log = new ArrayList<>();
        Came came;
        try {
            came = came(thread, log);
        } catch (CheckpointException damaged) {
            came = new Came(Verdict.UNJUDGED, String.valueOf(damaged.getMessage()));
        }
        if (!came.isOver() || ++copies == MOST_COPIES) {
            copies = 0;
            image.close();
            image = new ReplayImage(engine);
        }
        return new ThreadVerdict(
                thread.threadId(), thread.workflow(), thread.status(), log.size(), came.verdict(), came.detail());
    }

    private Came came(ThreadRecord thread, List<LogRecord> log) {
        String runId = thread.head().runId();
        RunWorkflow<?, ?> workflow = engine.workflows().get(thread.workflow());
        RunRecord run =
                runId == null ? null : store.run(thread.threadId(), runId).orElse(null);
        if (workflow == null) {
            return new Came(Verdict.UNJUDGED, "this graph has no workflow '" + thread.workflow() + "'");
        } else if (run == null) {
            return new Came(Verdict.UNJUDGED, "its run executes, and nothing of it is stored yet");
        }
        store.scan(thread.threadId(), run.runId(), 0, log::add);
        if (run.status() == ThreadStatus.UNDONE) {
            return new Came(Verdict.FITS, "is undone, which is final");
        }
        Came came = image.replay(thread, workflow, run, log, checkpoints(thread.threadId()));
        return came.verdict() == Verdict.FITS_SO_FAR ? withQuestions(thread, run, came) : came;
    }

    /** A question that was pending and is not is asked anew, under another id. */
    private Came withQuestions(ThreadRecord thread, RunRecord run, Came came) {
        StoredRun before = StoredRun.load(store, engine.codec(), thread.threadId(), run.runId());
        Set<String> now = image.replayed(thread.threadId(), run.runId()).log().pendingQuestions().stream()
                .map(question ->
                        question.asked() == null ? "" : question.asked().id())
                .collect(Collectors.toSet());
        return before.log().pendingQuestions().stream()
                .filter(question -> question.asked() != null
                        && !now.contains(question.asked().id()))
                .findFirst()
                .map(question -> new Came(
                        Verdict.ASKS_ANEW,
                        "the question at '" + question.path()
                                + "' would be asked anew: its content, or the type of its answer, has changed",
                        came.isOver()))
                .orElse(came);
    }

    private List<CheckpointRecord> checkpoints(String threadId) {
        List<CheckpointRecord> all = new ArrayList<>();
        CheckpointQuery query = CheckpointQuery.of(threadId).limit(PAGE);
        List<CheckpointRecord> page = store.checkpoints(query);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.checkpoints(query.before(page.get(page.size() - 1).id()));
        }
        return all;
    }

    @Override
    public void close() {
        image.close();
    }
}
