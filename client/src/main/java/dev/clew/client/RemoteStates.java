package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.client.wire.Outcome;
import dev.clew.client.wire.RunCalls;
import dev.clew.client.wire.ServerKind;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.StepKind;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.value.CodecException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** States and histories of the threads of one workflow of a server. */
final class RemoteStates<O extends @Nullable Object> {
    private static final int PAGE = 100;

    private final RemoteRuns<O> runs;
    private final Values<O> values;

    RemoteStates(RemoteRuns<O> runs) {
        this.runs = runs;
        this.values = runs.results().values();
    }

    // --- the present ---

    ThreadState<O> state(RunConfig config) {
        Target target = runs.target(config);
        RunCalls calls = runs.calls();
        return runs.faults().of(target.threadId(), () -> {
            String checkpoint = config.checkpoint().orElse(null);
            Doc thread = calls.found(RunCalls.path(target.thread()));
            Doc state = checkpoint == null
                    ? calls.state(target.thread())
                    : calls.found(RunCalls.path(target.thread()) + "/state/" + checkpoint);
            return of(target, state, checkpoint == null ? thread : Doc.NOTHING);
        });
    }

    /**
     * Reads a state.
     *
     * @param thread what the server says of the thread; nothing for an old state, of which nothing is pending
     */
    private ThreadState<O> of(Target target, Doc state, Doc thread) throws IOException {
        List<PendingInterrupt<?, ?>> pending = runs.results().questions(Outcome.questions(state));
        ThreadStatus status = status(thread, pending);
        List<Doc> all = thread.isNull() ? List.of() : runs.calls().runs(target.thread());
        Decoded<O> value = decoded(state.get("values"));
        Failure failure = status == ThreadStatus.FAILED ? Results.failure(RunCalls.failureIn(state, thread)) : null;
        return new ThreadState<>(
                target.threadId(),
                status,
                all.isEmpty() ? state.get("metadata").text("run_id").orElse(null) : RemoteRuns.runOf(all.get(0)),
                (int) all.stream().map(RemoteRuns::runOf).distinct().count(),
                checkpointId(state),
                value.value(),
                steps(state),
                pending,
                failure,
                null,
                null,
                value.unreadable());
    }

    private static ThreadStatus status(Doc thread, List<PendingInterrupt<?, ?>> pending) {
        if (!pending.isEmpty()) {
            return ThreadStatus.INTERRUPTED;
        }
        return switch (thread.text("status").orElse("idle")) {
            case "busy" -> ThreadStatus.RUNNING;
            case "interrupted" -> ThreadStatus.INTERRUPTED;
            case "error" -> ThreadStatus.FAILED;
            default -> ThreadStatus.IDLE;
        };
    }

    private static List<StepState> steps(Doc state) {
        Instant at = state.time("created_at").orElse(Instant.EPOCH);
        return state.get("tasks").items().stream().map(task -> step(task, at)).toList();
    }

    private static StepState step(Doc task, Instant at) {
        String name = task.text("name").orElse("");
        boolean hasFailed = !task.get("error").isNull();
        StepState.Status status = hasFailed
                ? StepState.Status.FAILED
                : task.get("result").isNull() ? StepState.Status.PENDING : StepState.Status.SUCCEEDED;
        return new StepState(
                name,
                name,
                StepKind.TASK,
                status,
                1,
                at,
                false,
                hasFailed ? Results.failure(RunCalls.failureOf(task)) : null,
                null);
    }

    private static @Nullable String checkpointId(Doc state) {
        return state.get("checkpoint")
                .text("checkpoint_id")
                .or(() -> state.text("checkpoint_id"))
                .orElse(null);
    }

    /**
     * A value, or why it cannot be read.
     */
    private record Decoded<T extends @Nullable Object>(
            @Nullable T value, @Nullable String unreadable) {}

    private Decoded<O> decoded(Doc sent) {
        try {
            return new Decoded<>(values.readState(sent), null);
        } catch (CodecException other) {
            return new Decoded<>(null, other.getMessage());
        }
    }

    // --- the past ---

    Stream<HistoryEntry<O>> history(CheckpointQuery query) {
        Target target = runs.target(RunConfig.thread(query.threadId()));
        Stream<HistoryEntry<O>> all = query.ids().isEmpty() ? paged(target, query) : named(target, query);
        String from = query.from();
        return (from == null ? all : all.dropWhile(entry -> !entry.id().equals(from)))
                .filter(entry ->
                        entry.metadata().entrySet().containsAll(query.metadata().entrySet()))
                .limit(query.limit());
    }

    private Stream<HistoryEntry<O>> named(Target target, CheckpointQuery query) {
        return query.ids().stream()
                .map(id -> runs.faults()
                        .of(
                                target.threadId(),
                                () -> runs.calls().found(RunCalls.path(target.thread()) + "/state/" + id)))
                .filter(state ->
                        checkpointId(state) != null && !state.get("created_at").isNull())
                .map(state -> entry(target, state))
                .sorted((one, other) -> other.createdAt().compareTo(one.createdAt()));
    }

    private Stream<HistoryEntry<O>> paged(Target target, CheckpointQuery query) {
        return StreamSupport.stream(new Pages(target, query), false);
    }

    /** Reads a page when the one before is used up. */
    private final class Pages extends Spliterators.AbstractSpliterator<HistoryEntry<O>> {
        private final Target target;
        private final int size;
        private @Nullable String before;
        private List<HistoryEntry<O>> page = new ArrayList<>();
        private int next;
        private boolean isLast;

        Pages(Target target, CheckpointQuery query) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.target = target;
            this.before = query.before();
            this.size = query.from() == null && query.metadata().isEmpty() ? Math.min(PAGE, query.limit()) : PAGE;
        }

        @Override
        public boolean tryAdvance(Consumer<? super HistoryEntry<O>> action) {
            if (next == page.size() && !isLast) {
                page = read();
                next = 0;
                isLast = page.size() < size;
                before = page.isEmpty() ? before : page.get(page.size() - 1).id();
            }
            if (next == page.size()) {
                return false;
            }
            action.accept(page.get(next++));
            return true;
        }

        private List<HistoryEntry<O>> read() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("limit", size);
            if (before != null) {
                body.put("before", Map.of("configurable", Map.of("checkpoint_id", before)));
            }
            return runs.faults()
                    .of(
                            target.threadId(),
                            () -> runs.calls().queried(RunCalls.path(target.thread()) + "/history", body).stream()
                                    .map(state -> entry(target, state))
                                    .toList());
        }
    }

    private HistoryEntry<O> entry(Target target, Doc state) {
        Doc metadata = state.get("metadata");
        Map<String, String> texts = new LinkedHashMap<>();
        metadata.members().forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        String id = Optional.ofNullable(checkpointId(state)).orElse("");
        Decoded<O> value = decoded(state.get("values"));
        return new HistoryEntry<>(
                id,
                state.get("parent_checkpoint").text("checkpoint_id").orElse(null),
                metadata.text("run_id").orElse(null),
                source(metadata),
                metadata.number("step", -1),
                state.time("created_at").orElse(Instant.EPOCH),
                value.value(),
                texts,
                value.unreadable(),
                RunConfig.thread(target.threadId()).checkpoint(id));
    }

    static CheckpointSource source(Doc metadata) {
        try {
            return CheckpointSource.valueOf(
                    metadata.text("source").orElse("loop").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException other) {
            return CheckpointSource.LOOP;
        }
    }

    // --- changes ---

    RunConfig update(RunConfig config, @Nullable O value) {
        Target target = runs.target(config);
        return runs.faults().of(target.threadId(), () -> {
            Object plain = values.write(value);
            boolean travels = plain == null || plain instanceof Map<?, ?> || plain instanceof List<?>;
            if (!travels && runs.calls().kind() != ServerKind.CLEW) {
                throw runs.faults().unsupported("state that is no object", "run the workflow instead");
            }
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("values", travels ? plain : Map.of("output", plain));
            config.checkpoint().ifPresent(id -> body.put("checkpoint_id", id));
            Doc made = runs.calls().changed(RunCalls.path(target.thread()) + "/state", body);
            return made.get("checkpoint")
                    .text("checkpoint_id")
                    .map(config::checkpoint)
                    .orElse(config);
        });
    }
}
