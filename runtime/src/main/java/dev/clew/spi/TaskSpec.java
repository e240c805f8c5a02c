package dev.clew.spi;

import dev.clew.flow.TaskInfo;
import dev.clew.state.StepKind;
import dev.clew.stream.StreamEvent;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the engine must know of a task: its name, types, policies and body. Made by generated code. Immutable.
 *
 * <pre>{@code
 * TaskSpec<Draft> compose = TaskSpec.of("compose", TypeRef.of(Draft.class))
 *     .method("com.acme.EssayFlow", "compose(java.lang.String)")
 *     .parameter("topic", TypeRef.of(String.class))
 *     .retry(RetryPolicy.builder().maxAttempts(3).build())
 *     .timeout(Duration.ofSeconds(30))
 *     .leaf(call -> flow.compose(call.<String>arg(0)));
 * }</pre>
 *
 * @param <R> the type of the result
 */
public final class TaskSpec<R extends @Nullable Object> {
    private final Builder<R> options;
    private final List<TaskInfo.Parameter> parameters;
    private final List<TypeRef<?>> parameterTypes;
    private final List<RetryPolicy> retry;
    private final List<String> formerly;
    private final boolean scope;
    private final StreamEvent.@Nullable Place place;
    private final int number;
    private final TaskBody<? extends R> body;

    private TaskSpec(Builder<R> builder, boolean scope, TaskBody<? extends R> body) {
        this.place = null;
        this.number = 0;
        this.options = builder;
        this.parameters = List.copyOf(builder.parameters);
        this.parameterTypes =
                parameters.stream().<TypeRef<?>>map(TaskInfo.Parameter::type).toList();
        this.retry = List.copyOf(builder.retry);
        this.formerly = List.copyOf(builder.formerly);
        this.scope = scope;
        this.body = body;
    }

    /** The same task, but for its body and for which execution it is. */
    private TaskSpec(TaskSpec<R> same, TaskBody<? extends R> body, StreamEvent.@Nullable Place place, int number) {
        this.place = place;
        this.number = number;
        this.options = same.options;
        this.parameters = same.parameters;
        this.parameterTypes = same.parameterTypes;
        this.retry = same.retry;
        this.formerly = same.formerly;
        this.scope = same.scope;
        this.body = body;
    }

    /**
     * What a child workflow keeps from run to run, by the types of what it saves and of its {@code @Previous}.
     *
     * <pre>{@code
     * TaskSpec.Memory memory = new TaskSpec.Memory(TypeRef.of(Integer.class), TypeRef.of(Integer.class));
     * }</pre>
     */
    public record Memory(TypeRef<?> saved, TypeRef<?> previous) {}

    /** Begins a spec; {@link Builder#leaf} or {@link Builder#scope} ends it. */
    public static <R extends @Nullable Object> Builder<R> of(String name, TypeRef<R> resultType) {
        return new Builder<>(name, resultType);
    }

    public String name() {
        return options.name;
    }

    public TypeRef<R> resultType() {
        return options.resultType;
    }

    /** The names under which its steps were recorded before: a step of such a name is one of this task. */
    public List<String> formerly() {
        return formerly;
    }

    /** Whether steps of this name are the task's: it is its name, or was one. */
    public boolean isNamed(String recorded) {
        return name().equals(recorded) || formerly.contains(recorded);
    }

    /** The declaring class and the method's signature: recorded to explain a mismatch, and part of the cache key. */
    public String declaringClass() {
        return options.declaringClass;
    }

    public String signature() {
        return options.signature;
    }

    public List<TaskInfo.Parameter> parameters() {
        return parameters;
    }

    public List<TypeRef<?>> parameterTypes() {
        return parameterTypes;
    }

    public List<RetryPolicy> retry() {
        return retry;
    }

    public Optional<Duration> timeout() {
        return Optional.ofNullable(options.timeout);
    }

    public Optional<Duration> idleTimeout() {
        return Optional.ofNullable(options.idleTimeout);
    }

    /** Whether what follows on a step waits until its outcome is durable, in ASYNC, too. */
    public boolean isDurable() {
        return options.isDurable;
    }

    public Optional<CachePolicy> cache() {
        return Optional.ofNullable(options.cache);
    }

    /** Gives the value that the cache key is made of, from the arguments; empty for all arguments. */
    public Optional<Function<@Nullable Object[], @Nullable Object>> cacheKey() {
        return Optional.ofNullable(options.cacheKey);
    }

    /** What it remembers, where it is a child workflow that asks for a memory; its body may return a {@link dev.clew.flow.Final}. */
    public Optional<Memory> memory() {
        return Optional.ofNullable(options.memory);
    }

    /** What sort of step a call of it is: {@link StepKind#TASK}, {@link StepKind#NODE}, or of what undoes a run. */
    public StepKind kind() {
        return options.kind;
    }

    /** Whether its effect must not happen twice. */
    public boolean isOnce() {
        return options.once;
    }

    /** How its effect is undone; empty if it is not. */
    public Optional<TaskUndo> undo() {
        return Optional.ofNullable(options.undo);
    }

    /** Whether the body makes durable calls of its own. */
    public boolean isScope() {
        return scope;
    }

    public TaskBody<? extends R> body() {
        return body;
    }

    /** The same task with another body: for steps whose body knows more than their arguments. */
    public TaskSpec<R> with(TaskBody<? extends R> other) {
        return new TaskSpec<>(this, other, place, number);
    }

    /**
     * The same task for one execution of a node, so that events say which.
     *
     * @param n which of the node's executions in its scope, from 1; its step has this number, whatever was called before
     */
    public TaskSpec<R> at(StreamEvent.Place execution, int n) {
        return new TaskSpec<>(this, body, execution, n);
    }

    /** The same task for the n-th of its steps in a scope, whatever was called before. */
    public TaskSpec<R> numbered(int n) {
        return new TaskSpec<>(this, body, place, n);
    }

    /** Which of its node's executions a call is; 0 if calls are counted as they come. */
    public int number() {
        return number;
    }

    /** Which execution of a node it is for, or null. */
    public StreamEvent.@Nullable Place place() {
        return place;
    }

    /**
     * The same task as part of something that has a name of its own, so that it is told apart from others of its name: {@code
     * inner/ask}.
     *
     * @param outer the name of what it is in, and the names that that had before
     */
    public TaskSpec<R> in(List<String> outer) {
        Builder<R> renamed = options.named(outer.get(0) + "/" + name());
        for (String around : outer) {
            Stream.concat(Stream.of(name()), formerly.stream())
                    .map(each -> around + "/" + each)
                    .filter(each -> !each.equals(renamed.name))
                    .forEach(renamed.formerly::add);
        }
        return new TaskSpec<>(new TaskSpec<>(renamed, scope, body), body, place, number);
    }

    @Override
    public String toString() {
        return "TaskSpec[" + name() + "]";
    }

    /** Collects a task's options. Not thread-safe; not to be used again after it built a spec. */
    public static final class Builder<R extends @Nullable Object> {
        private final String name;
        private final TypeRef<R> resultType;
        private StepKind kind = StepKind.TASK;
        private String declaringClass = "";
        private String signature = "";
        private @Nullable Memory memory;
        private final List<TaskInfo.Parameter> parameters = new ArrayList<>();
        private final List<RetryPolicy> retry = new ArrayList<>();
        private @Nullable Duration timeout;
        private @Nullable Duration idleTimeout;
        private @Nullable CachePolicy cache;
        private boolean isDurable;
        private @Nullable Function<@Nullable Object[], @Nullable Object> cacheKey;
        private final List<String> formerly = new ArrayList<>();

        private boolean once;
        private @Nullable TaskUndo undo;

        private Builder(String name, TypeRef<R> resultType) {
            this.name = name;
            this.resultType = resultType;
        }

        /** The same options, but for the names. */
        private Builder<R> named(String other) {
            Builder<R> same = new Builder<>(other, resultType);
            same.kind = kind;
            same.declaringClass = declaringClass;
            same.signature = signature;
            same.memory = memory;
            same.parameters.addAll(parameters);
            same.retry.addAll(retry);
            same.timeout = timeout;
            same.idleTimeout = idleTimeout;
            same.isDurable = isDurable;
            same.cache = cache;
            same.cacheKey = cacheKey;
            same.once = once;
            same.undo = undo;
            return same;
        }

        /** Makes it a node of a graph: its steps are named {@code node:search#3}. */
        public Builder<R> node() {
            kind = StepKind.NODE;
            return this;
        }

        /** Makes its steps of another kind: {@code undo:book#3}. */
        public Builder<R> kind(StepKind other) {
            kind = other;
            return this;
        }

        /** Its effect is undone like this; {@link dev.clew.effect.Undoable} sees to that. */
        public Builder<R> undo(TaskUndo how) {
            undo = how;
            return this;
        }

        /** Its effect must not happen twice; {@link dev.clew.effect.Once} sees to that. */
        public Builder<R> once() {
            once = true;
            return this;
        }

        public Builder<R> method(String declaringClass, String signature) {
            this.declaringClass = declaringClass;
            this.signature = signature;
            return this;
        }

        /** Names under which the task's steps were recorded before; none is blank, or the present name. */
        public Builder<R> formerly(String... names) {
            formerly.addAll(FormerNames.checked("task", name, names));
            return this;
        }

        public Builder<R> parameter(String name, TypeRef<?> type) {
            parameters.add(new TaskInfo.Parameter(name, type));
            return this;
        }

        Builder<R> remembers(Memory memory) {
            this.memory = memory;
            return this;
        }

        public Builder<R> retry(RetryPolicy policy) {
            retry.add(policy);
            return this;
        }

        public Builder<R> timeout(Duration timeout) {
            this.timeout = requirePositive("timeout", timeout);
            return this;
        }

        /**
         * Lets what follows on a step wait until its outcome is durable, with all that stands before it in the log, in ASYNC, too:
         * others act on it. In EXIT nothing is durable before the end.
         */
        public Builder<R> durable() {
            isDurable = true;
            return this;
        }

        public Builder<R> idleTimeout(Duration idleTimeout) {
            this.idleTimeout = requirePositive("idleTimeout", idleTimeout);
            return this;
        }

        public Builder<R> cache(CachePolicy policy) {
            this.cache = policy;
            return this;
        }

        public Builder<R> cacheKey(Function<@Nullable Object[], @Nullable Object> key) {
            this.cacheKey = key;
            return this;
        }

        /** A task that makes no durable calls: it may do anything. */
        public TaskSpec<R> leaf(TaskBody<? extends R> body) {
            return new TaskSpec<>(this, false, body);
        }

        /** A task that makes durable calls: its code between them must be deterministic. */
        public TaskSpec<R> scope(TaskBody<? extends R> body) {
            return new TaskSpec<>(this, true, body);
        }
    }

    static Duration requirePositive(String option, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalRequestException("a task's " + option + " must be positive, not " + limit);
        }
        return limit;
    }
}
