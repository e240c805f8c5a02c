package dev.clew.engine.edit;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.LogEntry.Cancelled;
import dev.clew.engine.log.LogEntry.Failed;
import dev.clew.engine.log.LogEntry.Lapsed;
import dev.clew.engine.log.LogEntry.Reopened;
import dev.clew.engine.log.LogEntry.Succeeded;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.state.ForkPoint;
import java.util.List;

/** The part of a log that comes before a point, in the order in which it was appended. */
final class LogPrefix {
    private LogPrefix() {}

    static List<LogEntry> of(List<LogEntry> entries, ForkPoint point) {
        int end = point.afterwards() ? afterOutcome(entries, point.step()) : beforeFirst(entries, point.step());
        return entries.subList(0, end).stream()
                .filter(entry -> !(entry instanceof LogEntry.Claimed))
                .toList();
    }

    /** What the body of a run has recorded: without what undid the run. */
    static List<LogEntry> ofBody(List<LogEntry> entries) {
        return entries.stream()
                .takeWhile(entry -> !(entry instanceof LogEntry.Undoing))
                .toList();
    }

    private static int beforeFirst(List<LogEntry> entries, String step) {
        for (int i = 0; i < entries.size(); i++) {
            String path = entries.get(i).path();
            if (path.equals(step) || path.startsWith(step + "/")) {
                return i;
            }
        }
        throw unknown(step);
    }

    private static int afterOutcome(List<LogEntry> entries, String step) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            LogEntry entry = entries.get(i);
            if (entry.path().equals(step) && isOutcome(entry)) {
                return i + 1;
            } else if (entry.path().equals(step) && (entry instanceof Asked || entry instanceof Reopened)) {
                break;
            }
        }
        if (entries.stream().noneMatch(entry -> entry.path().equals(step))) {
            throw unknown(step);
        }
        throw new RequestRefusedException(
                Reason.UNKNOWN, "step '" + step + "' has no outcome to fork after; use ForkPoint.before(step)");
    }

    private static boolean isOutcome(LogEntry entry) {
        return entry instanceof Succeeded
                || entry instanceof Failed
                || entry instanceof Cancelled
                || entry instanceof Answered
                || entry instanceof Lapsed;
    }

    private static RequestRefusedException unknown(String step) {
        return new RequestRefusedException(
                Reason.UNKNOWN,
                "the run has no step '" + step + "' to fork at; state(config).steps() lists its steps by path");
    }
}
