package dev.clew.engine.log;

import dev.clew.engine.log.LogEntry.Call;
import dev.clew.engine.log.LogEntry.Observed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Log entries of every kind, with every optional part present and absent, in an order that never changes. */
final class GoldenEntries {
    private static final long AT = 1_700_000_000_123_456L;
    private static final Call FULL = new Call(
            300, new byte[] {1, -1, 0}, "draft(String) -> ü", List.of(new Observed(0, 1), new Observed(2, 200)));
    private static final Call BARE = Call.of(0);

    private static final Call WITH_ARGUMENTS = FULL.with(new byte[] {1, 1, 'a', 1, 1, '5'});

    private final Map<String, LogEntry> entries = new LinkedHashMap<>();

    private GoldenEntries() {}

    static Map<String, LogEntry> all() {
        GoldenEntries all = new GoldenEntries();
        all.outcomes();
        all.attempts();
        all.questions();
        all.scopes();
        all.beginnings();
        return all.entries;
    }

    private void outcomes() {
        put("succeeded", new LogEntry.Succeeded("child:a#0/task:b#1", AT, 0, FULL, 3, false, bytes("[1]")));
        put("succeeded, bare", new LogEntry.Succeeded("task:b#0", 0, 0, BARE, 1, false, bytes("")));
        put("succeeded from the cache", new LogEntry.Succeeded("task:b#0", AT, 0, FULL, 0, true, bytes("[1]")));
        put("failed", new LogEntry.Failed("task:b#0", AT, 0, FULL, 2, bytes("f")));
        put("failed run", new LogEntry.Failed("", AT, 0, BARE, 1, bytes("f")));
        put("cancelled", new LogEntry.Cancelled("task:b#0", AT, 0, FULL));
    }

    private void attempts() {
        put("attempt failed", new LogEntry.AttemptFailed("task:b#0", AT, 0, FULL, 1, AT + 1_000_000, bytes("f")));
        put("caused by", new LogEntry.CausedBy("", AT, List.of(0, 300), List.of(new Observed(0, 1))));
        put("caused by nothing", new LogEntry.CausedBy("child:a#0", AT, List.of(), List.of()));
        put("restarted", restarted(List.of(0, 300), LogEntry.Restarted.NONE_ADVISORY));
        put("restarted with advisory calls", restarted(List.of(), 7));
        put("called again", new LogEntry.CalledAgain("task:b#0", AT, FULL));
    }

    private static LogEntry restarted(List<Integer> dropped, int advisoryFrom) {
        return new LogEntry.Restarted("child:a#0", AT, 2, dropped, advisoryFrom);
    }

    private void questions() {
        put("asked", new LogEntry.Asked("ask:q#0", AT, FULL, "00ff00ff00ff00ff", "V", null, AT + 1, bytes("q")));
        put("asked without deadline", new LogEntry.Asked("ask:q#0", AT, BARE, "id", "V", null, null, bytes("q")));
        put("asked with schema", new LogEntry.Asked("ask:q#0", AT, FULL, "id", "V", "{}", AT, bytes("q")));
        put(
                "asked with schema without deadline",
                new LogEntry.Asked("ask:q#0", AT, BARE, "id", "V", "{}", null, bytes("")));
        put("answered", new LogEntry.Answered("ask:q#0", AT, "id", bytes("true")));
        put("reopened", new LogEntry.Reopened("ask:q#0", AT, "id"));
        put("lapsed", new LogEntry.Lapsed("ask:q#0", AT, "id"));
    }

    private void scopes() {
        put("opened", new LogEntry.Opened("child:a#0", AT, FULL));
        put("timer set", new LogEntry.TimerSet("timer:t#0", AT, FULL, AT + 60_000_000));
        put(
                "succeeded with arguments",
                new LogEntry.Succeeded("task:b#0", AT, 0, WITH_ARGUMENTS, 1, false, bytes("[1]")));
        put("opened with arguments", new LogEntry.Opened("child:a#0", AT, WITH_ARGUMENTS));
        put("patched", new LogEntry.Patched("", AT, 300));
        put("noted", new LogEntry.Noted("child:a#0", AT, "plan 3", bytes("n")));
        for (LogEntry.UndoCause cause : LogEntry.UndoCause.values()) {
            put("undoing, " + cause, new LogEntry.Undoing("", AT, cause));
        }
        put("noted by the run", new LogEntry.Noted("", AT, "", bytes("")));
        put("succeeded node", new LogEntry.Succeeded("node:search#3", AT, AT - 1, FULL, 1, false, bytes("[1]")));
        put("claimed", new LogEntry.Claimed("", AT, 5));
        put("remembered", new LogEntry.Remembered("child:a#0", AT, bytes("m")));
        put("remembered its value", new LogEntry.Remembered("child:a#0", AT, null));
        put("paused", new LogEntry.Paused("", AT));
    }

    private void beginnings() {
        long began = AT - 300;
        put(
                "succeeded, with its beginning",
                new LogEntry.Succeeded("task:b#0", AT, began, FULL, 1, false, bytes("[1]")));
        put("succeeded at once", new LogEntry.Succeeded("task:b#0", AT, AT, FULL, 1, false, bytes("[1]")));
        put(
                "succeeded with arguments, with its beginning",
                new LogEntry.Succeeded("task:b#0", AT, began, WITH_ARGUMENTS, 1, false, bytes("[1]")));
        put("failed, with its beginning", new LogEntry.Failed("task:b#0", AT, began, FULL, 2, bytes("f")));
        put("cancelled, with its beginning", new LogEntry.Cancelled("task:b#0", AT, began, FULL));
        put(
                "attempt failed, with its beginning",
                new LogEntry.AttemptFailed("task:b#0", AT, began, FULL, 1, AT + 1_000_000, bytes("f")));
    }

    private void put(String name, LogEntry entry) {
        entries.put(name, entry);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
