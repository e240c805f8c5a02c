package dev.clew.lab;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.TaskContext;
import dev.clew.task.IllegalStepException;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What outlives processes: what ran, what is stored, and what was broken of the engine's promises. */
final class World {
    private final Map<String, TaskContext> live = new ConcurrentHashMap<>();
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    void check(boolean holds, String violation, Object... about) {
        if (!holds) {
            violations.add(String.format(violation, about));
        }
    }

    Queue<String> violations() {
        return violations;
    }

    /** Fails as often as it was said, whoever asks. */
    void mayFail(int id, int times) throws IOException {
        if (failures.computeIfAbsent(id, i -> new AtomicInteger()).getAndIncrement() < times) {
            throw new IOException("flaky " + id);
        }
    }

    /** Runs a step's body, and sees whether it may run now. */
    String executing(TaskContext context, Callable<String> body) throws Exception {
        String step = context.stepId();
        boolean done = succeeded.contains(step);
        TaskContext other = live.put(step, context);
        if (isLive(context)) {
            check(!done, "P1: %s runs although its success is stored", step);
            check(other == null || !isLive(other), "P9: %s runs twice at once", step);
        }
        try {
            return body.call();
        } finally {
            live.remove(step, context);
        }
    }

    private static boolean isLive(TaskContext context) {
        try {
            context.heartbeat();
            return true;
        } catch (IllegalStepException over) {
            return false;
        }
    }

    /** This is stored now. */
    void stored(Claim claim, Write write) {
        for (LogRecord record : write.log()) {
            if (EntryFormat.read(record.bytes(), "stored") instanceof LogEntry.Succeeded success) {
                succeeded.add(claim.threadId() + '/' + write.runId() + '/' + success.path());
            }
        }
    }
}
