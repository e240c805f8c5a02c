package dev.clew.sim;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.TaskContext;
import dev.clew.json.JsonCodec;
import dev.clew.task.IllegalStepException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What outlives processes: what ran, what is stored, and what was broken of the engine's promises. */
final class World {
    private final Map<String, Execution> live = new ConcurrentHashMap<>();
    /** Steps with what they were called with: in a new attempt another call of the name may take a step's place. */
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

    private final Set<String> values = ConcurrentHashMap.newKeySet();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<String, String> booked = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    private final Surroundings surroundings;
    private int most;

    World(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** No more runs than this execute tasks at once; 0 for any number. */
    void limit(int runs) {
        most = runs;
    }

    void check(boolean holds, String violation, Object... about) {
        if (!holds) {
            violations.add(String.format(violation, about));
            surroundings.note(String.format(violation, about));
        }
    }

    Queue<String> violations() {
        return violations;
    }

    /** Fails as often as it was said, whoever asks. */
    void mayFail(int id, int times) throws IOException {
        if (failures.computeIfAbsent(id, i -> new AtomicInteger()).getAndIncrement() < times) {
            throw new IOException("flaky " + id);
        }
    }

    /** An effect happens. */
    void book(String effectId, String value) {
        surroundings.point();
        String before = booked.putIfAbsent(effectId, value);
        check(before == null, "E1: effect %s happens twice", effectId);
        surroundings.point();
    }

    /** What an effect gave, if it happened. */
    Optional<String> booked(String effectId) {
        return Optional.ofNullable(booked.get(effectId));
    }

    /** Runs a step's body, and sees whether it may run now. */
    String executing(TaskContext context, String argument, Callable<String> body) throws Exception {
        return executing(context, digest(argument), body);
    }

    /** {@link #executing(TaskContext, String, Callable)} of a node, which has no argument. */
    <T> T executingNode(TaskContext context, Callable<T> body) throws Exception {
        return executing(context, JsonCodec.standard().digest(new Object[0], List.of()), body);
    }

    private <T> T executing(TaskContext context, byte[] calledWith, Callable<T> body) throws Exception {
        String step = context.stepId();
        surroundings.point();
        boolean done = succeeded.contains(step + called(calledWith));
        Execution mine = new Execution(context, surroundings.suspicion());
        Execution other = live.put(step, mine);
        if (mine.counts()) {
            check(!done, "P1: %s runs although its success is stored", step);
            check(other == null || !other.counts(), "P9: %s runs twice at once", step);
            if (most > 0) {
                checkLimit();
            }
        }
        try {
            surroundings.note("runs " + step);
            T value = body.call();
            surroundings.note("ran " + step);
            surroundings.point();
            return value;
        } finally {
            live.remove(step, mine);
        }
    }

    private void checkLimit() {
        Set<String> runs = new TreeSet<>();
        live.forEach((step, execution) -> {
            if (execution.counts()) {
                runs.add(step.substring(0, step.indexOf('/', step.indexOf('/') + 1)));
            }
        });
        check(runs.size() <= most, "Q3: %s execute at once", runs);
    }

    /** One attempt that executes; it counts while it is live, and its process knows what time it is. */
    private record Execution(TaskContext context, BooleanSupplier suspect) {
        boolean counts() {
            try {
                context.heartbeat();
                return !suspect.getAsBoolean();
            } catch (IllegalStepException over) {
                return false;
            }
        }
    }

    /** A body has been given this. */
    void seen(String value) {
        seen.add(value);
    }

    /** Nothing is stored any more; what is kept will be told again. */
    void forget() {
        succeeded.clear();
        values.clear();
    }

    /** What a body saw, when every outcome was durable first, is there for ever. */
    void checkNothingIsLost() {
        for (String value : seen) {
            check(values.contains(value), "P3: a body saw %s, and it is not stored", value);
        }
    }

    /** This is stored now. */
    void stored(Claim claim, Write write) {
        for (LogRecord record : write.log()) {
            if (EntryFormat.read(record.bytes(), "stored") instanceof LogEntry.Succeeded success) {
                String step = claim.threadId() + '/' + write.runId() + '/' + success.path();
                succeeded.add(step + called(success.call().digest()));
                values.add(text(success.value()));
            }
        }
    }

    private static String called(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static byte[] digest(String argument) {
        return JsonCodec.standard().digest(new Object[] {argument}, List.of(TypeRef.of(String.class)));
    }

    private static String text(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
