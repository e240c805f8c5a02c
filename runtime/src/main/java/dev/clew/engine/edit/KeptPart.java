package dev.clew.engine.edit;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Call;
import dev.clew.spi.ThreadChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a log that stays in a run that an edit opens: whole calls of the body, which have succeeded, and notes. How
 * often the body was run is forgotten.
 */
final class KeptPart {
    private final ThreadChange.Branch change;

    KeptPart(ThreadChange.Branch change) {
        this.change = change;
    }

    /** The entries that stay, in their order, with the new places of their calls. */
    List<LogEntry> of(List<LogEntry> entries) {
        Set<String> calls = calls(entries);
        List<LogEntry> kept = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (entry instanceof LogEntry.Noted note && note.path().isEmpty()) {
                if (change.keepsNote().test(note.key())) {
                    kept.add(note);
                }
            } else if (calls.contains(top(entry.path())) && !isForgotten(entry)) {
                Integer place = change.kept().get(entry.path());
                kept.add(place == null ? entry : moved(entry, place));
            }
        }
        return kept;
    }

    /** The paths of the body's calls that stay. */
    private Set<String> calls(List<LogEntry> entries) {
        Map<String, Integer> places = new HashMap<>();
        for (LogEntry entry : entries) {
            Call call = LogEntry.callOf(entry);
            if (call != null && !entry.path().isEmpty() && top(entry.path()).equals(entry.path())) {
                places.put(entry.path(), call.ordinal());
            }
        }
        Set<String> calls = new HashSet<>(change.kept().keySet());
        places.forEach((path, place) -> {
            if (place < change.calls()) {
                calls.add(path);
            }
        });
        return calls;
    }

    private static String top(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** A call that stays has succeeded in the end: what it came to before, in earlier runs of the body, is no part of it. */
    private static boolean isForgotten(LogEntry entry) {
        boolean ended = entry instanceof LogEntry.Failed || entry instanceof LogEntry.Cancelled;
        return ended && top(entry.path()).equals(entry.path());
    }

    private static LogEntry moved(LogEntry entry, int place) {
        if (entry instanceof LogEntry.Succeeded e) {
            return new LogEntry.Succeeded(
                    e.path(), e.at(), e.startedAt(), at(e.call(), place), e.attempts(), e.cached(), e.value());
        } else if (entry instanceof LogEntry.AttemptFailed e) {
            return new LogEntry.AttemptFailed(
                    e.path(), e.at(), e.startedAt(), at(e.call(), place), e.attempts(), e.nextDue(), e.failure());
        } else if (entry instanceof LogEntry.Opened e) {
            return new LogEntry.Opened(e.path(), e.at(), at(e.call(), place));
        }
        return entry;
    }

    private static Call at(Call call, int place) {
        return new Call(place, call.digest(), call.signature(), List.of(), call.arguments());
    }
}
