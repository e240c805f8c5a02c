package dev.clew.engine.setup;

import dev.clew.spi.WorkflowSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a builder gave for {@code @Context} parameters: objects, and sources that are asked once for each type that a workflow needs
 * and no object has. Thread-safe; it only grows, while a graph registers its workflows.
 */
public final class GivenContexts {
    private final List<Object> objects;
    private final List<Function<Class<?>, @Nullable Object>> sources;

    public GivenContexts(List<Object> newestFirst, List<Function<Class<?>, @Nullable Object>> newestSourceFirst) {
        this.objects = new CopyOnWriteArrayList<>(newestFirst);
        this.sources = List.copyOf(newestSourceFirst);
    }

    /** The objects, the newest first. */
    List<Object> all() {
        return objects;
    }

    /** Asks the sources for what a workflow needs and nobody gave. What no source has, a run's configuration may give. */
    public void findFor(WorkflowSpec<?, ?> workflow) {
        for (Class<?> type : workflow.contexts()) {
            if (objects.stream().noneMatch(type::isInstance)) {
                Object found = ask(type);
                if (found != null) {
                    objects.add(found);
                }
            }
        }
    }

    private @Nullable Object ask(Class<?> type) {
        for (Function<Class<?>, @Nullable Object> source : sources) {
            Object found = source.apply(type);
            if (found != null) {
                return type.cast(found);
            }
        }
        return null;
    }
}
