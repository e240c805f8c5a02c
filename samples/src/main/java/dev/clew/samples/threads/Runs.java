package dev.clew.samples.threads;

import dev.clew.Operator;
import dev.clew.flow.HistoryEntry;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The runs of a thread, oldest first, each with the checkpoints that it opened and completed. */
record Runs(ThreadSummary thread, ThreadStatus status, Map<String, List<HistoryEntry<Object>>> byId) {
    private static final int WIDEST_VALUE = 60;

    static Runs of(Operator operator, ThreadSummary thread) {
        Map<String, List<HistoryEntry<Object>>> byId = new LinkedHashMap<>();
        List<HistoryEntry<Object>> history = operator.history(thread.threadId());
        for (int i = history.size() - 1; i >= 0; i--) {
            HistoryEntry<Object> entry = history.get(i);
            if (entry.runId() != null) {
                byId.computeIfAbsent(entry.runId(), id -> new ArrayList<>()).add(entry);
            }
        }
        return new Runs(thread, operator.status(thread), byId);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%3s  %-38s %-19s  %-12s %s", "#", "run", "began", "took", "came to"));
        byId.forEach((id, entries) -> lines.add(line(lines.size(), id, entries)));
        return lines;
    }

    private String line(int number, String id, List<HistoryEntry<Object>> entries) {
        Instant began = entries.get(0).createdAt();
        HistoryEntry<Object> last = entries.get(entries.size() - 1);
        boolean newest = number == byId.size();
        boolean completed = last.source() == CheckpointSource.LOOP;
        Instant ended = completed ? last.createdAt() : newest ? thread.updatedAt() : began;
        String cameTo = completed
                ? "finished: " + Plain.brief(last.value(), WIDEST_VALUE)
                : newest ? Plain.word(status) : "left unfinished";
        String took = completed || newest ? Times.length(Duration.between(began, ended)) : "";
        return String.format(Locale.ROOT, "%3d  %-38s %s  %-12s %s", number, id, Times.moment(began), took, cameTo);
    }

    /** A checkpoint of the run with this number in the list. */
    HistoryEntry<Object> run(String number) {
        List<List<HistoryEntry<Object>>> runs = List.copyOf(byId.values());
        if (!number.matches("\\d{1,6}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > runs.size()) {
            throw new IllegalRequestException(
                    "thread '" + thread.threadId() + "' has runs 1 to " + runs.size() + ", not '" + number + "'");
        }
        List<HistoryEntry<Object>> entries = runs.get(Integer.parseInt(number) - 1);
        return entries.get(entries.size() - 1);
    }
}
