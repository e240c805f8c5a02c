package dev.clew.spi;

import dev.clew.flow.Final;
import dev.clew.flow.TaskInfo;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the engine must know of an entrypoint: its stored name, types, policies, tasks and body. Made by generated
 * code. Immutable.
 *
 * <pre>{@code
 * WorkflowSpec<String, Essay> write = WorkflowSpec.of("EssayFlow.write", TypeRef.of(String.class), TypeRef.of(Essay.class))
 *     .tasks(compose, revise)
 *     .body(call -> flow.write(call.<String>arg(0), new Tasks(this, call.scope()), call.run()));
 * }</pre>
 *
 * @param <I> the input's type; {@link Void} for none
 * @param <O> the type of the value that callers get
 */
public final class WorkflowSpec<I, O extends @Nullable Object> {
    /**
     * Takes from a run that has not completed what the next one begins with.
     *
     * <pre>{@code
     * (run, superstep) -> stateOf(run, superstep)
     * }</pre>
     */
    @FunctionalInterface
    public interface Carrying {
        /**
         * Gives a value of the type that {@link Builder#previous} names, or null.
         *
         * @param superstep after how many supersteps; empty for all that the run has finished
         */
        @Nullable
        Object from(LoggedRun run, OptionalInt superstep);
    }

    private final Builder<I, O> options;
    private final List<RetryPolicy> retry;
    private final List<String> formerly;
    private final List<TaskSpec<?>> tasks;
    private final List<Class<?>> contexts;
    private final Map<String, List<InterruptKey<?, ?>>> questions;
    private final List<WorkflowSpec<?, ?>> called;
    private final TaskBody<?> body;
    private final TaskSpec<?> root;
    private final TaskSpec<?> child;

    private WorkflowSpec(Builder<I, O> builder, TaskBody<?> body) {
        this.options = builder;
        this.retry = List.copyOf(builder.retry);
        this.formerly = List.copyOf(builder.formerly);
        this.tasks = List.copyOf(builder.tasks);
        this.contexts = List.copyOf(builder.contexts);
        this.questions = builder.questions();
        this.called = List.copyOf(builder.called);
        this.body = body;
        this.root = step().scope(body);
        this.child = asChild(body);
    }

    /** As a step it is a scope task with the workflow's name, input and policies. */
    private TaskSpec.Builder<Object> step() {
        @SuppressWarnings("unchecked") // what a root returns is taken apart when its run completes
        TypeRef<Object> type = (TypeRef<Object>) (TypeRef<?>) outputType();
        TaskSpec.Builder<Object> spec = TaskSpec.of(name(), type)
                .method("", name() + "(" + inputType() + ")")
                .formerly(formerly.toArray(String[]::new));
        if (hasInput()) {
            spec.parameter("input", inputType());
        }
        retry.forEach(spec::retry);
        timeout().ifPresent(spec::timeout);
        idleTimeout().ifPresent(spec::idleTimeout);
        return spec;
    }

    /** What has a memory hands its {@link Final} to the engine; else the value is all that is left of it. */
    private TaskSpec<?> asChild(TaskBody<?> body) {
        TypeRef<?> previous = options.previousType;
        if (!childMemory() || previous == null) {
            return step().scope(call -> valueOf(body.run(call)));
        }
        TypeRef<?> saved = savedType().orElse(outputType());
        return step().remembers(new TaskSpec.Memory(saved, previous)).scope(body);
    }

    @SuppressWarnings("NullAway") // null is a legal value
    private static Object valueOf(@Nullable Object returned) {
        return returned instanceof Final<?, ?> both ? both.value() : returned;
    }

    /** Begins a spec; {@link Builder#body} ends it. */
    public static <I, O extends @Nullable Object> Builder<I, O> of(
            String name, TypeRef<I> inputType, TypeRef<O> outputType) {
        return new Builder<>(name, inputType, outputType);
    }

    public String name() {
        return options.name;
    }

    /** The names under which the workflow was stored before: threads bound to one of them are this workflow's. */
    public List<String> formerly() {
        return formerly;
    }

    /** Whether threads bound to this name are the workflow's: it is its name, or was one. */
    public boolean isNamed(String stored) {
        return name().equals(stored) || formerly.contains(stored);
    }

    public TypeRef<I> inputType() {
        return options.inputType;
    }

    /** Whether the entrypoint has a business parameter. */
    public boolean hasInput() {
        return !options.inputType.rawType().equals(Void.class);
    }

    public TypeRef<O> outputType() {
        return options.outputType;
    }

    /** What is saved for {@code @Previous}, where the entrypoint returns a {@link Final}; else empty. */
    public Optional<TypeRef<?>> savedType() {
        return Optional.ofNullable(options.savedType);
    }

    /** How a saved value is stored as a change of the one before; empty where each is stored in full. */
    public Optional<SavedChanges<?, ?>> savedChanges() {
        return Optional.ofNullable(options.savedChanges);
    }

    /** Makes the output of what is saved; empty where the output is stored beside it. */
    public Optional<Function<Object, O>> outputOfSaved() {
        return Optional.ofNullable(options.outputOfSaved);
    }

    /** What the entrypoint's {@code @Previous} parameter is; empty where it has none. */
    public Optional<TypeRef<?>> previousType() {
        return Optional.ofNullable(options.previousType);
    }

    /** The types of {@code @Context} that the entrypoint or a task of its class asks for. */
    public List<Class<?>> contexts() {
        return contexts;
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

    /** Whether it remembers its {@code @Previous} when it runs as a child. */
    public boolean childMemory() {
        return options.childMemory;
    }

    /** Whether a run of it is undone at once if its body fails. */
    public boolean undoesOnFailure() {
        return options.undoesOnFailure;
    }

    /** The tasks of its class. */
    public List<TaskSpec<?>> tasks() {
        return tasks;
    }

    /** What {@link dev.clew.flow.Workflow#tasks()} tells of them. */
    public List<TaskInfo> taskInfos() {
        return tasks.stream()
                .map(task -> new TaskInfo(task.name(), task.isScope(), task.parameters(), task.resultType()))
                .toList();
    }

    /** The questions that its class declares, and those of graphs that are nodes of it. */
    public List<InterruptKey<?, ?>> questions() {
        return questions.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** The workflows of its own that its code calls, and that no caller can run. */
    public List<WorkflowSpec<?, ?>> called() {
        return called;
    }

    /** The questions that are declared for a place: empty for the class itself, else as {@code TaskSpec.in} names it. */
    public List<InterruptKey<?, ?>> questions(String place) {
        return questions.getOrDefault(place, List.of());
    }

    /** Gives an {@code O}, or a {@link Final} where there is a {@link #savedType}. */
    public TaskBody<?> body() {
        return body;
    }

    /** What the next run gets of one that has not completed; empty where it gets what the last completed one saved. */
    public Optional<Carrying> carries() {
        return Optional.ofNullable(options.carries);
    }

    /** Whether its body tells the values of a run, by {@link Scope#value}; else a value is told at the end. */
    public boolean tellsValues() {
        return options.tellsValues;
    }

    /** Throws if no run may be opened with this input. */
    public void requireAdmitted(@Nullable Object previous, @Nullable Object input) {
        if (options.admits != null) {
            options.admits.accept(previous, input);
        }
    }

    /** The workflow as the root of a run: its body's {@code O} or {@link Final}, as it is. */
    public TaskSpec<?> asRoot() {
        return root;
    }

    /** The workflow as a step of another one: the value alone. */
    public TaskSpec<?> asChild() {
        return child;
    }

    @Override
    public String toString() {
        return "WorkflowSpec[" + name() + "]";
    }

    /** Collects an entrypoint's options. Not thread-safe; not to be used again after it built a spec. */
    public static final class Builder<I, O extends @Nullable Object> {
        private final String name;
        private final TypeRef<I> inputType;
        private final TypeRef<O> outputType;
        private final List<String> formerly = new ArrayList<>();
        private @Nullable TypeRef<?> savedType;
        private @Nullable SavedChanges<?, ?> savedChanges;
        private @Nullable Function<Object, O> outputOfSaved;
        private @Nullable TypeRef<?> previousType;
        private final List<Class<?>> contexts = new ArrayList<>();
        private final List<RetryPolicy> retry = new ArrayList<>();
        private @Nullable Duration timeout;
        private @Nullable Duration idleTimeout;
        private boolean childMemory;
        private boolean undoesOnFailure;
        private boolean tellsValues;
        private final List<TaskSpec<?>> tasks = new ArrayList<>();
        private final Map<String, List<InterruptKey<?, ?>>> questions = new LinkedHashMap<>();
        private final List<WorkflowSpec<?, ?>> called = new ArrayList<>();
        private @Nullable Carrying carries;
        private @Nullable BiConsumer<@Nullable Object, @Nullable Object> admits;

        private Builder(String name, TypeRef<I> inputType, TypeRef<O> outputType) {
            this.name = name;
            this.inputType = inputType;
            this.outputType = outputType;
        }

        /** Names under which the workflow was stored before; none is blank, or the present name. */
        public Builder<I, O> formerly(String... names) {
            formerly.addAll(FormerNames.checked("workflow", name, names));
            return this;
        }

        public Builder<I, O> saves(TypeRef<?> savedType) {
            this.savedType = savedType;
            return this;
        }

        /** Saves values that are stored as changes of one another, where that takes less room. */
        public <S> Builder<I, O> saves(TypeRef<S> savedType, SavedChanges<S, ?> changes) {
            this.savedType = savedType;
            this.savedChanges = changes;
            return this;
        }

        /**
         * Says that the output is made of what is saved, so it is not stored.
         *
         * @param output pure; what it throws makes a stored value unreadable
         */
        @SuppressWarnings("unchecked") // it gets what the body has saved
        public <S> Builder<I, O> outputOfSaved(Function<S, O> output) {
            this.outputOfSaved = (Function<Object, O>) (Function<?, O>) output;
            return this;
        }

        public Builder<I, O> previous(TypeRef<?> previousType) {
            this.previousType = previousType;
            return this;
        }

        public Builder<I, O> context(Class<?> type) {
            contexts.add(type);
            return this;
        }

        public Builder<I, O> retry(RetryPolicy policy) {
            retry.add(policy);
            return this;
        }

        public Builder<I, O> timeout(Duration timeout) {
            this.timeout = TaskSpec.requirePositive("timeout", timeout);
            return this;
        }

        public Builder<I, O> idleTimeout(Duration idleTimeout) {
            this.idleTimeout = TaskSpec.requirePositive("idleTimeout", idleTimeout);
            return this;
        }

        public Builder<I, O> childMemory() {
            this.childMemory = true;
            return this;
        }

        /** A run whose body has failed is undone at once. */
        public Builder<I, O> undoOnFailure() {
            this.undoesOnFailure = true;
            return this;
        }

        public Builder<I, O> tasks(TaskSpec<?>... tasks) {
            this.tasks.addAll(List.of(tasks));
            return this;
        }

        public Builder<I, O> questions(InterruptKey<?, ?>... questions) {
            return questionsIn("", List.of(questions));
        }

        /** A workflow that its code calls and that no caller can run: what it asks for is asked for before the run. */
        public Builder<I, O> calls(WorkflowSpec<?, ?> workflow) {
            called.add(workflow);
            workflow.contexts().stream()
                    .filter(type -> !contexts.contains(type))
                    .forEach(contexts::add);
            return this;
        }

        /**
         * The questions of a graph that is a node, whose names may be those of others.
         *
         * @param place the node, or nodes from outside to inside with a slash between them
         */
        public Builder<I, O> questionsIn(String place, List<InterruptKey<?, ?>> asked) {
            questions.computeIfAbsent(place, p -> new ArrayList<>()).addAll(asked);
            return this;
        }

        private Map<String, List<InterruptKey<?, ?>>> questions() {
            Map<String, List<InterruptKey<?, ?>>> copy = new LinkedHashMap<>();
            questions.forEach((place, asked) -> copy.put(place, List.copyOf(asked)));
            return Collections.unmodifiableMap(copy);
        }

        /**
         * What the next run gets as {@code @Previous} if the newest one has not completed, or if it begins at a checkpoint
         * inside of a run.
         *
         * @param carries throws to refuse the new input
         */
        public Builder<I, O> carries(Carrying carries) {
            this.carries = carries;
            return this;
        }

        /**
         * Checks an input before a run is opened with it.
         *
         * @param admits gets the {@code @Previous} value and the input; throws to refuse the input, and nothing is stored
         */
        public Builder<I, O> admits(BiConsumer<@Nullable Object, @Nullable Object> admits) {
            this.admits = admits;
            return this;
        }

        /** Says that the body tells the values of a run, by {@link Scope#value}. */
        public Builder<I, O> tellsValues() {
            this.tellsValues = true;
            return this;
        }

        public WorkflowSpec<I, O> body(TaskBody<?> body) {
            return new WorkflowSpec<>(this, body);
        }
    }
}
