package dev.clew.engine.follow;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.stored.StoredRun;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Follows answers that were stored for a run of another process. Fails their caller if a body rejects one of them, or if
 * its question is withdrawn. One thread at a time may look.
 */
public final class AnswerFate {
    private final Checkpointer store;
    private final Codec codec;
    private final String threadId;
    private final String runId;
    private final List<Answered> left;
    private final CompletableFuture<?> caller;
    private final Set<String> inLog = new HashSet<>();
    private long next;

    /**
     * The fate of answers to one run.
     *
     * @param left the answers, as they were stored
     */
    public AnswerFate(
            Checkpointer store,
            Codec codec,
            String threadId,
            String runId,
            List<Answered> left,
            CompletableFuture<?> caller) {
        this.store = store;
        this.codec = codec;
        this.threadId = threadId;
        this.runId = runId;
        this.left = left;
        this.caller = caller;
    }

    /** Reads the new log entries; does nothing once the caller has a result. */
    public void look() {
        if (caller.isDone()) {
            return;
        }
        // First, because their owner takes them into the log with one write.
        List<WaitingAnswer> waiting = store.answers(threadId, runId);
        for (LogEntry entry : newEntries()) {
            if (entry instanceof Answered answered && left.stream().anyMatch(mine -> isSame(mine, answered))) {
                inLog.add(answered.id());
            } else if (entry instanceof LogEntry.Reopened reopened && inLog.contains(reopened.id())) {
                fail(
                        Reason.REJECTED,
                        "question " + reopened.id() + " at " + reopened.path()
                                + " did not take it; the question stays open");
                return;
            }
        }
        for (Answered mine : left) {
            boolean waits =
                    waiting.stream().anyMatch(answer -> answer.question().equals(mine.id()));
            if (!waits && !inLog.contains(mine.id())) {
                fail(Reason.WITHDRAWN, "question '" + mine.id() + "' was withdrawn, or its deadline passed");
                return;
            }
        }
    }

    private List<LogEntry> newEntries() {
        List<LogEntry> entries = new ArrayList<>();
        store.scan(threadId, runId, next, record -> {
            next = record.seq() + 1;
            entries.add(EntryFormat.read(record.bytes(), "entry " + record.seq() + " of run '" + runId + "'"));
        });
        return entries;
    }

    private static boolean isSame(Answered mine, Answered answered) {
        return mine.id().equals(answered.id())
                && mine.at() == answered.at()
                && Arrays.equals(mine.value(), answered.value());
    }

    private void fail(Reason reason, String why) {
        StoredRun stored = StoredRun.load(store, codec, threadId, runId);
        caller.completeExceptionally(new AnswerRefusedException(threadId, reason, why, stored.pending()));
    }
}
