package dev.clew.sim;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which successes are stored, and who stored them. */
final class Ledger {
    private final List<Success> successes = new ArrayList<>();

    /**
     * A success of a run's step.
     *
     * @param claim whose activation it was
     * @param value as it is stored
     */
    record Success(Claim claim, String runId, String path, String value) {
        /** Timers are steps of which streams do not tell. */
        boolean isTold() {
            return !path.substring(path.lastIndexOf('/') + 1).startsWith("timer:");
        }
    }

    void stored(Claim claim, Write write) {
        for (LogRecord record : write.log()) {
            if (EntryFormat.read(record.bytes(), "stored") instanceof LogEntry.Succeeded success) {
                String value = new String(success.value(), StandardCharsets.UTF_8);
                successes.add(new Success(claim, write.runId(), success.path(), value));
            }
        }
    }

    /** Nothing is stored any more; what is kept will be told again. */
    void forget() {
        successes.clear();
    }

    List<Success> of(String threadId, String runId) {
        return successes.stream()
                .filter(each ->
                        each.claim().threadId().equals(threadId) && each.runId().equals(runId))
                .toList();
    }
}
