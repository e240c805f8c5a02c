package dev.clew.testing;

import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.state.StepKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which crashes are still to come in a lab, and the writes that went by. Thread-safe. */
final class Crashes {
    private static final String TOOL = "tool:";

    private volatile boolean isWrittenBehind;

    private final Set<CrashPoint> armed = new LinkedHashSet<>();
    private final List<String> writes;

    Crashes() {
        this(Collections.synchronizedList(new ArrayList<>()));
    }

    private Crashes(List<String> writes) {
        this.writes = writes;
    }

    /** Those of another process, whose writes count together with these. */
    Crashes ofAnother() {
        return new Crashes(writes);
    }

    /** What becomes of a write. */
    record Verdict(boolean before, boolean after, String text) {
        private static final Verdict NOTHING = new Verdict(false, false, "");
    }

    synchronized void arm(CrashPoint point) {
        armed.add(point);
    }

    /** The crashes that never came. */
    synchronized Set<CrashPoint> armed() {
        return Set.copyOf(armed);
    }

    /** What each write stored, in order. */
    List<String> writes() {
        synchronized (writes) {
            return List.copyOf(writes);
        }
    }

    /** A write is about to be stored. */
    synchronized Verdict write(Write write) {
        List<LogEntry> entries = write.log().stream().map(Crashes::read).toList();
        String text = describe(write, entries);
        int number = counted(text);
        for (CrashPoint point : List.copyOf(armed)) {
            boolean before = point instanceof CrashPoint.BeforeWrite b && b.write() == number;
            boolean after = point instanceof CrashPoint.AfterWrite a && a.write() == number
                    || point instanceof CrashPoint.AfterTask t
                            && entries.stream().anyMatch(e -> isOutcomeOf(t.task(), e));
            if (before || after) {
                armed.remove(point);
                return new Verdict(before, after, point + " (" + text + ")");
            }
        }
        return Verdict.NOTHING;
    }

    private int counted(String write) {
        synchronized (writes) {
            writes.add(write);
            return writes.size();
        }
    }

    /** An attempt of a task begins; whether its process crashes then. */
    synchronized boolean begins(String task) {
        return armed.removeIf(point -> point instanceof CrashPoint.BeforeTask at && isNamed(at.task(), task));
    }

    /** The code of a task has run; whether its process crashes then. */
    synchronized boolean ran(String task) {
        return armed.removeIf(point -> point instanceof CrashPoint.WithinTask at && isNamed(at.task(), task));
    }

    /** Whether this is the task that a test names: a call of a tool is a step named by its tool. */
    private static boolean isNamed(String wanted, String task) {
        return task.equals(wanted) || task.equals(TOOL + wanted);
    }

    private static boolean isOutcomeOf(String task, LogEntry entry) {
        boolean outcome = entry instanceof LogEntry.Succeeded
                || entry instanceof LogEntry.Failed
                || entry instanceof LogEntry.Cancelled;
        return outcome
                && !entry.path().equals(StepPath.ROOT)
                && (StepPath.kind(entry.path()) == StepKind.TASK || StepPath.kind(entry.path()) == StepKind.NODE)
                && isNamed(task, StepPath.name(entry.path()));
    }

    static LogEntry read(LogRecord record) {
        return EntryFormat.read(record.bytes(), "entry " + record.seq());
    }

    private static String describe(Write write, List<LogEntry> entries) {
        String log = entries.stream()
                .map(LogLine::of)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining(", "));
        String head =
                write.head() == null ? "" : "the thread is " + write.head().status();
        return log.isEmpty() ? (head.isEmpty() ? "the claim" : head) : head.isEmpty() ? log : log + ", " + head;
    }

    /** From now on, what need not be durable is held back. */
    void writeBehind() {
        isWrittenBehind = true;
    }

    boolean isWrittenBehind() {
        return isWrittenBehind;
    }
}
