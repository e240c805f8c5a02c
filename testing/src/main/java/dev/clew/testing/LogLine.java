package dev.clew.testing;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;

/** Log entries as people read them: the step, and what is recorded of it. */
final class LogLine {
    private LogLine() {}

    static String of(LogEntry entry) {
        String where = entry.path().equals(StepPath.ROOT) ? "the run" : entry.path();
        if (entry instanceof LogEntry.Succeeded e) {
            return where + (e.cached() ? " succeeded from the cache" : " succeeded");
        } else if (entry instanceof LogEntry.AttemptFailed e) {
            return where + " failed in attempt " + e.attempts();
        } else if (entry instanceof LogEntry.Restarted e) {
            return where + " restarted as attempt " + e.attempt();
        }
        return where + " " + word(entry);
    }

    private static String word(LogEntry entry) {
        return switch (entry.getClass().getSimpleName()) {
            case "TimerSet" -> "was set";
            case "Failed" -> "failed";
            case "Paused" -> "paused";
            default -> "was " + entry.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
