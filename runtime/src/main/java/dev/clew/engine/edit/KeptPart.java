package dev.clew.engine.edit;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Call;
import dev.clew.engine.log.StepPath;
import dev.clew.spi.ThreadChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The part of a log that stays in a run that an edit opens: whole calls, which have succeeded, and notes; of calls that stay
 * open, their beginning and a part of what is below them. How often the body was run is forgotten.
 */
final class KeptPart {
    /** The scopes of which parts stay, by their paths. */
    private final Map<String, Scope> scopes = new HashMap<>();

    private record Scope(ThreadChange.Part part, Set<String> calls) {}

    private KeptPart(ThreadChange.Part body, List<LogEntry> entries) {
        add(StepPath.ROOT, body, entries);
    }

    /** The entries that stay, in their order, with the new places of their calls. */
    static List<LogEntry> of(ThreadChange.Part body, List<LogEntry> entries) {
        KeptPart kept = new KeptPart(body, entries);
        return entries.stream().flatMap(entry -> kept.kept(entry).stream()).toList();
    }

    private void add(String path, ThreadChange.Part part, List<LogEntry> entries) {
        scopes.put(path, new Scope(part, calls(path, part, entries)));
        part.open().forEach((inner, open) -> add(inner, open, entries));
    }

    /** The paths of the scope's calls that stay. */
    private static Set<String> calls(String scope, ThreadChange.Part part, List<LogEntry> entries) {
        Map<String, Integer> places = new HashMap<>();
        for (LogEntry entry : entries) {
            Call call = LogEntry.callOf(entry);
            if (call != null && isBelow(scope, entry.path()) && entry.path().equals(callOf(scope, entry.path()))) {
                places.put(entry.path(), call.ordinal());
            }
        }
        Set<String> calls = new HashSet<>(part.kept().keySet());
        places.forEach((path, place) -> {
            if (place < part.calls()) {
                calls.add(path);
            }
        });
        return calls;
    }

    private Scope scope(String path) {
        return Objects.requireNonNull(scopes.get(path), path);
    }

    private List<LogEntry> kept(LogEntry entry) {
        String path = entry.path();
        if (scopes.containsKey(path)) {
            return keptOfScope(entry);
        }
        String around = around(path);
        Scope scope = scope(around);
        String call = callOf(around, path);
        boolean stays = scope.calls().contains(call) && !(path.equals(call) && isForgotten(entry));
        return stays ? List.of(moved(entry)) : List.of();
    }

    /** Of the scope itself, what it noted stays, and that it was called: it runs again. */
    private List<LogEntry> keptOfScope(LogEntry entry) {
        if (entry instanceof LogEntry.Noted note) {
            return scope(note.path()).part().keepsNote().test(note.key()) ? List.of(note) : List.of();
        }
        return entry instanceof LogEntry.Opened ? List.of(moved(entry)) : List.of();
    }

    /** The innermost scope of which a part stays, and that this step is in. */
    private String around(String path) {
        String scope = path;
        do {
            scope = StepPath.parent(scope);
        } while (!scopes.containsKey(scope));
        return scope;
    }

    private static boolean isBelow(String scope, String path) {
        return scope.isEmpty() ? !path.isEmpty() : path.startsWith(scope + "/");
    }

    /** The call of a scope that a step below it belongs to. */
    private static String callOf(String scope, String path) {
        int slash = path.indexOf('/', scope.isEmpty() ? 0 : scope.length() + 1);
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** A call that stays has succeeded in the end: what it came to before, in earlier runs of the body, is no part of it. */
    private static boolean isForgotten(LogEntry entry) {
        return entry instanceof LogEntry.Failed || entry instanceof LogEntry.Cancelled;
    }

    private LogEntry moved(LogEntry entry) {
        String path = entry.path();
        Integer place = scope(around(path)).part().kept().get(path);
        return place == null ? entry : moved(entry, place);
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
