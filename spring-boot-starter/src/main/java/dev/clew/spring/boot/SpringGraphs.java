package dev.clew.spring.boot;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Recovery;
import dev.clew.flow.RunListener;
import dev.clew.json.JsonCodec;
import dev.clew.spring.ClewGraphs;
import dev.clew.spring.ClewProperties;
import dev.clew.spring.ClewProperties.WorkerProperties;
import dev.clew.spring.GraphCustomizer;
import dev.clew.store.Store;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.task.TaskDecorator;

/** The graphs of an application: builds them, starts them once all of it is there, and closes them. Thread-safe. */
final class SpringGraphs implements ClewGraphs {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.spring");

    private final ClewProperties properties;
    private final BeanFactory beans;
    private final Supplier<Checkpointer> checkpointer;
    private final List<Graph> graphs = new ArrayList<>();
    private State state = State.NEW;

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    /** @param checkpointer throws if there is none */
    SpringGraphs(ClewProperties properties, BeanFactory beans, Supplier<Checkpointer> checkpointer) {
        this.properties = properties;
        this.beans = beans;
        this.checkpointer = checkpointer;
    }

    @Override
    public <G extends Graph> G build(GraphBuilder<G> builder) {
        builder.checkpointer(checkpointer.get())
                .durability(properties.durability())
                .closeTimeout(properties.closeTimeout());
        if (!properties.recoverEvery().isZero()) {
            builder.recoverEvery(properties.recoverEvery());
        }
        BuilderOptions.apply(properties, builder);
        beans.getBeanProvider(TaskCache.class).ifUnique(builder::cache);
        beans.getBeanProvider(Store.class).ifUnique(builder::store);
        beans.getBeanProvider(Codec.class).ifUnique(builder::codec);
        beans.getBeanProvider(TaskDecorator.class).ifUnique(each -> builder.taskDecorator(each::decorate));
        beans.getBeanProvider(RunListener.class).orderedStream().forEach(builder::listener);
        return opened(customize(builder).build());
    }

    @Override
    @SuppressWarnings("NullAway") // a JDK 17 does not read from class files that the source may return null
    public <G extends Graph> GraphBuilder<G> customize(GraphBuilder<G> builder) {
        builder.contexts(this::bean);
        beans.getBeanProvider(GraphCustomizer.class).orderedStream().forEach(each -> each.customize(builder));
        return builder;
    }

    private @Nullable Object bean(Class<?> type) {
        return beans.getBeanProvider(type).getIfUnique();
    }

    private synchronized <G extends Graph> G opened(G graph) {
        if (state == State.CLOSED) {
            graph.close();
            throw new IllegalStateException("the application stops, so it builds no more graphs");
        }
        graphs.add(graph);
        if (state == State.RUNNING) {
            start(graph);
        }
        return graph;
    }

    /** Continues what a crash left behind, and takes work. */
    synchronized void start() {
        if (state == State.CLOSED) {
            throw new IllegalStateException(
                    "Clew's graphs were closed with the application's context, and a closed graph cannot be opened again;"
                            + " make a new context instead of starting this one again");
        }
        DeclaredSchedules.define(
                properties.schedules(),
                graphs,
                beans.getBeanProvider(Codec.class).getIfUnique(JsonCodec::standard));
        state = State.RUNNING;
        graphs.forEach(this::start);
    }

    private void start(Graph graph) {
        String name = graph.getClass().getSimpleName();
        if (properties.recover()) {
            Recovery recovery = graph.recover();
            if (!recovery.runs().isEmpty()) {
                LOG.info(
                        "{} continues {} runs that were left behind",
                        name,
                        recovery.runs().size());
            }
        }
        properties.queues().stream().map(WorkerProperties::worker).forEach(graph::work);
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    /** The graphs that were built so far, in that order. */
    synchronized List<Graph> all() {
        return List.copyOf(graphs);
    }

    /** Drains all graphs at the same time; each waits for its runs as long as its {@code closeTimeout} says. */
    void close() {
        List<Thread> closing;
        synchronized (this) {
            state = State.CLOSED;
            closing = graphs.stream()
                    .map(graph -> new Thread(
                            graph::close, "clew-close-" + graph.getClass().getSimpleName()))
                    .toList();
        }
        closing.forEach(Thread::start);
        try {
            for (Thread each : closing) {
                each.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // the graphs close, and are not waited for
        }
    }
}
