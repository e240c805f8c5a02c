package dev.clew.testing;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a replay did otherwise than the run that was recorded. */
final class Difference {
    private final Recording recorded;
    private final Map<String, Map<Integer, Calls.Call>> before;
    private final Map<String, Map<Integer, Calls.Call>> after;

    Difference(Recording recorded, Collection<Calls.Call> replayed) {
        this.recorded = recorded;
        this.before = byScope(logged(recorded));
        this.after = byScope(replayed);
    }

    /** The calls that are in the log, with the arguments that are known of them. */
    private static List<Calls.Call> logged(Recording recording) {
        Map<String, Calls.Call> known = new HashMap<>();
        recording.calls().forEach(call -> known.put(call.path(), call));
        Map<String, Calls.Call> logged = new LinkedHashMap<>();
        for (LogEntry entry : recording.entries()) {
            LogEntry.Call call = call(entry);
            if (call != null && !entry.path().equals(StepPath.ROOT)) {
                Calls.Call unknown = new Calls.Call(entry.path(), call.ordinal(), List.of("…"));
                logged.putIfAbsent(entry.path(), known.getOrDefault(entry.path(), unknown));
            }
        }
        return List.copyOf(logged.values());
    }

    private static LogEntry.@Nullable Call call(LogEntry entry) {
        if (entry instanceof LogEntry.Opened e) {
            return e.call();
        } else if (entry instanceof LogEntry.Succeeded e) {
            return e.call();
        } else if (entry instanceof LogEntry.Failed e) {
            return e.call();
        } else if (entry instanceof LogEntry.Cancelled e) {
            return e.call();
        } else if (entry instanceof LogEntry.AttemptFailed e) {
            return e.call();
        } else if (entry instanceof LogEntry.TimerSet e) {
            return e.call();
        }
        return entry instanceof LogEntry.Asked e ? e.call() : null;
    }

    private static Map<String, Map<Integer, Calls.Call>> byScope(Collection<Calls.Call> calls) {
        Map<String, Map<Integer, Calls.Call>> scopes = new TreeMap<>();
        for (Calls.Call call : calls) {
            scopes.computeIfAbsent(StepPath.parent(call.path()), scope -> new TreeMap<>())
                    .putIfAbsent(call.ordinal(), call);
        }
        return scopes;
    }

    /** The first call of a scope that differs. */
    private record Fork(String scope, int ordinal, Calls.@Nullable Call before, Calls.@Nullable Call after) {}

    /** Where the replay left the recorded steps; empty where it took them all. */
    private Optional<Fork> fork() {
        for (Map.Entry<String, Map<Integer, Calls.Call>> scope : after.entrySet()) {
            Map<Integer, Calls.Call> old = before.getOrDefault(scope.getKey(), Map.of());
            for (Map.Entry<Integer, Calls.Call> call : scope.getValue().entrySet()) {
                Calls.Call then = old.get(call.getKey());
                if (then == null
                        || !then.equals(call.getValue()) && !then.arguments().equals(List.of("…"))) {
                    return Optional.of(new Fork(scope.getKey(), call.getKey(), then, call.getValue()));
                }
            }
            for (Map.Entry<Integer, Calls.Call> call : old.entrySet()) {
                if (!scope.getValue().containsKey(call.getKey())) {
                    return Optional.of(new Fork(scope.getKey(), call.getKey(), call.getValue(), null));
                }
            }
        }
        return Optional.empty();
    }

    /** The difference for people: what happened, the steps around it, and its likely cause. */
    String describe(String what, String end) {
        StringBuilder text = new StringBuilder(what);
        Optional<Fork> fork = fork();
        fork.ifPresent(found -> {
            text.append("\n\n  steps of ").append(found.scope().isEmpty() ? "the run" : found.scope());
            steps(found).forEach(line -> text.append("\n  ").append(line));
        });
        text.append("\n\n").append(fork.map(this::cause).orElseGet(() -> Cause.ofResults(recorded.end(), end)));
        return text.toString();
    }

    private List<String> steps(Fork fork) {
        Map<Integer, Calls.Call> old = before.getOrDefault(fork.scope(), Map.of());
        List<String> lines = new ArrayList<>();
        old.forEach((ordinal, call) -> {
            if (ordinal < fork.ordinal() && ordinal >= fork.ordinal() - 3) {
                lines.add("    " + call.text());
            }
        });
        lines.add("  - "
                + (fork.before() == null
                        ? "(nothing more was recorded)"
                        : fork.before().text()));
        lines.add("  + "
                + (fork.after() == null
                        ? "(nothing more is called)"
                        : fork.after().text()));
        return lines;
    }

    private String cause(Fork fork) {
        if (fork.before() == null || fork.after() == null) {
            return Cause.OTHER;
        }
        return Cause.ofCalls(
                fork.before(),
                fork.after(),
                before.getOrDefault(fork.scope(), Map.of()).values());
    }
}
