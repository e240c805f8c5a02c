package dev.clew.graph;

import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the nodes of a graph use of the engine beside their state. Immutable.
 *
 * @param contexts the types that they ask for
 * @param tasks the tasks that they call
 * @param questions what they ask
 * @param called the graphs that they call with code
 */
record GraphExtras(
        List<Class<?>> contexts,
        List<TaskSpec<?>> tasks,
        List<InterruptKey<?, ?>> questions,
        List<GraphSpec<?, ?, ?>> called) {
    static final GraphExtras NONE = new GraphExtras(List.of(), List.of(), List.of(), List.of());

    GraphExtras withContext(Class<?> type) {
        return new GraphExtras(plus(contexts, List.of(type)), tasks, questions, called);
    }

    GraphExtras withTasks(List<TaskSpec<?>> more) {
        return new GraphExtras(contexts, plus(tasks, more), questions, called);
    }

    GraphExtras withQuestions(List<InterruptKey<?, ?>> more) {
        return new GraphExtras(contexts, tasks, plus(questions, more), called);
    }

    GraphExtras withCalled(GraphSpec<?, ?, ?> graph) {
        return new GraphExtras(contexts, tasks, questions, plus(called, List.of(graph)));
    }

    private static <T> List<T> plus(List<T> some, List<? extends T> more) {
        return Stream.<T>concat(some.stream(), more.stream()).toList();
    }
}
