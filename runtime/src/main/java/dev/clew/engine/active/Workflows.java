package dev.clew.engine.active;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.effect.UndoFailed;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepKind;
import dev.clew.value.TypeRef;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workflows of one graph by their stored names, present and former, which no other graph of this process may use on its checkpointer. */
public final class Workflows {
    private static final Map<Checkpointer, Set<String>> TAKEN = Collections.synchronizedMap(new WeakHashMap<>());

    /** Null if nothing is stored, and for clients: their workflows execute nothing that another graph could take for its own. */
    private final @Nullable Checkpointer store;

    private final Map<String, RunWorkflow<?, ?>> byName = new LinkedHashMap<>();
    private final Map<String, RunWorkflow<?, ?>> byFormerName = new LinkedHashMap<>();

    public Workflows(@Nullable Checkpointer store) {
        this.store = store;
    }

    public void add(RunWorkflow<?, ?> workflow) {
        String name = workflow.name();
        if (isTaken(name)) {
            throw new RequestRefusedException(
                    Reason.TAKEN,
                    "two workflows are named '" + name
                            + "' on one checkpointer in this process, so their threads could not be told apart; name one with"
                            + " @Entrypoint(name = …), or build one graph and share it");
        }
        byName.put(name, workflow);
        for (String former : workflow.spec().formerly()) {
            if (isTaken(former)) {
                throw new RequestRefusedException(
                        Reason.TAKEN,
                        "workflow '" + name + "' was formerly named '" + former
                                + "', and another workflow on this checkpointer in this process is or was named so, so their"
                                + " threads could not be told apart; remove that name from one @Entrypoint(formerly = …)");
            }
            byFormerName.put(former, workflow);
        }
    }

    /** All of them. */
    public Collection<RunWorkflow<?, ?>> all() {
        return byName.values();
    }

    private boolean isTaken(String name) {
        return byName.containsKey(name)
                || byFormerName.containsKey(name)
                || store != null && !takenOn(store).add(name);
    }

    private static Set<String> takenOn(Checkpointer store) {
        return TAKEN.computeIfAbsent(store, s -> ConcurrentHashMap.newKeySet());
    }

    /** The workflow whose threads are bound to this name: it has it, or had it. */
    @Nullable
    public RunWorkflow<?, ?> get(String name) {
        RunWorkflow<?, ?> found = byName.get(name);
        return found == null ? byFormerName.get(name) : found;
    }

    /** The workflow in whose code a step was called: that of the nearest child around it, else the run's. */
    WorkflowSpec<?, ?> calling(WorkflowSpec<?, ?> root, String path) {
        String scope = StepPath.parent(path);
        if (scope.isEmpty()) {
            return root;
        }
        WorkflowSpec<?, ?> around = calling(root, scope);
        return StepPath.kind(scope) == StepKind.CHILD
                ? called(around, StepPath.name(scope)).orElse(around)
                : around;
    }

    private Optional<WorkflowSpec<?, ?>> called(WorkflowSpec<?, ?> by, String name) {
        return by.called().stream()
                .filter(spec -> spec.isNamed(name))
                .findFirst()
                .<WorkflowSpec<?, ?>>map(spec -> spec)
                .or(() -> Optional.ofNullable(get(name)).map(RunWorkflow::spec));
    }

    /** The type of answer that a question wants, if the class of the code that asks it declares its key. */
    public Optional<TypeRef<?>> answerType(WorkflowSpec<?, ?> root, String path) {
        String name = StepPath.name(path);
        StepKind asking = StepPath.parent(path).isEmpty() ? null : StepPath.kind(StepPath.parent(path));
        if (asking == StepKind.UNDO) {
            return Optional.of(UndoFailed.KEY.answerType());
        } else if (asking == StepKind.SETTLE) {
            return settled(root, name);
        }
        WorkflowSpec<?, ?> spec = calling(root, path);
        for (String around = nodesAround(path); !around.isEmpty(); around = outer(around)) {
            Optional<TypeRef<?>> found = answerOf(name, spec.questions(around));
            if (found.isPresent()) {
                return found;
            }
        }
        return answerOf(name, spec.questions(""));
    }

    /** What undoes a run asks for outcomes as any of its workflows would. */
    private Optional<TypeRef<?>> settled(WorkflowSpec<?, ?> root, String name) {
        return Stream.concat(Stream.<WorkflowSpec<?, ?>>of(root), specs().stream())
                .map(spec -> answerOf(name, spec.questions()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<TypeRef<?>> answerOf(String name, List<InterruptKey<?, ?>> questions) {
        return questions.stream()
                .filter(key -> key.name().equals(name))
                .<TypeRef<?>>map(InterruptKey::answerType)
                .findFirst();
    }

    /** The type of result that this graph's code declares for a step; empty if it declares none. */
    public Optional<TypeRef<?>> resultType(WorkflowSpec<?, ?> root, String path) {
        String name = StepPath.name(path);
        if (StepPath.kind(path) == StepKind.CHILD) {
            return Optional.ofNullable(get(name)).map(w -> w.spec().outputType());
        }
        List<TaskSpec<?>> tasks = calling(root, path).tasks();
        for (String around = nodesAround(path); !around.isEmpty(); around = outer(around)) {
            Optional<TypeRef<?>> found = resultOf(around + "/" + name, tasks);
            if (found.isPresent()) {
                return found;
            }
        }
        return resultOf(name, tasks);
    }

    /** The task that this graph's code declares for a step; empty if it declares none. */
    public Optional<TaskSpec<?>> task(WorkflowSpec<?, ?> root, String path) {
        String name = StepPath.name(path);
        List<TaskSpec<?>> tasks = calling(root, path).tasks();
        for (String around = nodesAround(path); !around.isEmpty(); around = outer(around)) {
            Optional<TaskSpec<?>> found = named(around + "/" + name, tasks);
            if (found.isPresent()) {
                return found;
            }
        }
        return named(name, tasks);
    }

    private static Optional<TaskSpec<?>> named(String name, List<TaskSpec<?>> tasks) {
        return tasks.stream().filter(task -> task.isNamed(name)).findFirst().<TaskSpec<?>>map(task -> task);
    }

    private static Optional<TypeRef<?>> resultOf(String name, List<TaskSpec<?>> tasks) {
        return tasks.stream()
                .filter(task -> task.isNamed(name))
                .<TypeRef<?>>map(TaskSpec::resultType)
                .findFirst();
    }

    /** The names of the nodes in which a step was called, from outside to inside: its task may be one of a graph in a node. */
    private static String nodesAround(String path) {
        String names = "";
        for (String scope = StepPath.parent(path); !scope.isEmpty(); scope = StepPath.parent(scope)) {
            if (StepPath.kind(scope) != StepKind.NODE) {
                return names;
            }
            names = StepPath.name(scope) + (names.isEmpty() ? "" : "/" + names);
        }
        return names;
    }

    private static String outer(String names) {
        int last = names.lastIndexOf('/');
        return last < 0 ? "" : names.substring(0, last);
    }

    /** All names to which threads of these workflows may be bound, former ones included. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(byName.keySet());
        names.addAll(byFormerName.keySet());
        return names;
    }

    public List<? extends WorkflowSpec<?, ?>> specs() {
        return byName.values().stream().map(RunWorkflow::spec).toList();
    }

    /** Gives the names back. */
    public void close() {
        if (store != null) {
            takenOn(store).removeAll(names());
        }
    }
}
