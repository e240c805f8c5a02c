package dev.clew.sim;

import dev.clew.flow.RunResult;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one reader heard of one stream, and whether it may be so. */
final class Heard {
    private final World world;
    private final Reader reader;
    private final Map<String, Object> updates = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> started = new HashSet<>();
    /** Whether the activation was heard from its beginning. */
    private boolean begun;

    private boolean over;
    private final boolean runs;

    /** @param runs whether it is the stream of a request that makes the run go on, and so hears that from its beginning */
    Heard(World world, Reader reader, boolean runs) {
        this.runs = runs;
        this.world = world;
        this.reader = reader;
    }

    void hear(StreamEvent event) {
        world.check(reader.modes().contains(event.mode()), "nobody asked for %s", event);
        world.check(!over || event.path().isEmpty(), "after the end was told came %s", event);
        if (event instanceof StreamEvent.TaskStarted start) {
            begun |= runs && start.path().isEmpty() && !start.replayed();
            requireScopes(start.path());
            started.add(start.path());
        } else if (event instanceof StreamEvent.TaskEnded end) {
            requireStarted(end.path());
            if (!end.replayed() && end.error() == null && end.interrupts().isEmpty()) {
                world.check(ended.add(end.path()), "the end of '%s' was told twice", end.path());
                over |= end.path().isEmpty();
            }
        } else if (event instanceof StreamEvent.Update update) {
            requireStarted(update.path());
            if (!update.replayed()) {
                boolean twice = updates.containsKey(update.path());
                world.check(!twice, "the result of '%s' was told twice", update.path());
                updates.put(update.path(), update.value());
                over |= update.path().isEmpty();
            }
        }
    }

    /** The stream was read to its end, and the run has this result. */
    void ended(RunResult<String> result, List<Ledger.Success> stored) {
        Map<String, Ledger.Success> byPath = new HashMap<>();
        stored.forEach(each -> byPath.put(each.path(), each));
        long first = Long.MAX_VALUE;
        for (Map.Entry<String, Object> update : updates.entrySet()) {
            String path = update.getKey();
            Ledger.Success success = byPath.get(path);
            if (path.isEmpty()) {
                world.check(
                        result instanceof RunResult.Completed<String>
                                && update.getValue().equals(result.value()),
                        "%s was told, and %s is the result",
                        update.getValue(),
                        result);
            } else if (success == null) {
                world.check(false, "the result of '%s' was told, and is not stored", path);
            } else if (update.getValue() instanceof String) {
                String told = "\"" + update.getValue() + "\"";
                world.check(told.equals(success.value()), "%s was told of '%s', not %s", told, path, success.value());
                first = Math.min(first, success.claim().epoch());
            }
        }
        if (begun && reader.modes().contains(StreamMode.UPDATES)) {
            requireAll(first, stored);
        }
    }

    /** Of the first activation that was heard from its beginning, everything was. */
    private void requireAll(long epoch, List<Ledger.Success> stored) {
        for (Ledger.Success success : stored) {
            if (success.claim().epoch() == epoch && success.isTold()) {
                world.check(updates.containsKey(success.path()), "the result of '%s' was never told", success.path());
            }
        }
    }

    private void requireStarted(String path) {
        if (begun) {
            world.check(path.isEmpty() || started.contains(path), "'%s' was never told to begin", path);
            requireScopes(path);
        }
    }

    private void requireScopes(String path) {
        for (int end = path.lastIndexOf('/'); begun && end > 0; end = path.lastIndexOf('/', end - 1)) {
            String scope = path.substring(0, end);
            world.check(started.contains(scope), "'%s' was told before its scope began", path);
        }
    }
}
