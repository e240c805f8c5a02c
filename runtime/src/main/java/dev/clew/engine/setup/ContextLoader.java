package dev.clew.engine.setup;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The class loader that code of a graph finds as its thread's context class loader, so that lookups of services and
 * resources see the application. Threads are shared with other applications, so they get back what they had.
 */
public final class ContextLoader {
    private final @Nullable ClassLoader loader;

    private ContextLoader(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * The loader of a graph: that of its own class; or the context class loader of the thread that builds it, if that one
     * sees the same class and more.
     */
    public static ContextLoader of(Class<?> graph) {
        return new ContextLoader(
                lower(graph.getClassLoader(), Thread.currentThread().getContextClassLoader()));
    }

    /** The same, or the loader of this code if that one sees the same classes and more. */
    public ContextLoader orOf(Class<?> code) {
        ClassLoader other = code.getClassLoader();
        ClassLoader chosen = other == loader ? loader : lower(loader, other);
        return chosen == loader ? this : new ContextLoader(chosen);
    }

    /** An executor whose work runs with this loader. */
    public Executor around(Executor executor) {
        return work -> executor.execute(() -> run(work));
    }

    private void run(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = enter(thread);
        try {
            work.run();
        } finally {
            leave(thread, before);
        }
    }

    /** Sets the loader; {@link #leave} follows with what this gave. */
    @Nullable
    public ClassLoader enter(Thread thread) {
        ClassLoader before = thread.getContextClassLoader();
        if (before != loader) {
            thread.setContextClassLoader(loader);
        }
        return before;
    }

    /** Restores what a thread had, also if the code in between has changed it. */
    public static void leave(Thread thread, @Nullable ClassLoader before) {
        if (thread.getContextClassLoader() != before) {
            thread.setContextClassLoader(before);
        }
    }

    /** The second if the first is one of its ancestors, else the first; null is the ancestor of all. */
    private static @Nullable ClassLoader lower(@Nullable ClassLoader first, @Nullable ClassLoader second) {
        for (ClassLoader next = second; next != null; next = next.getParent()) {
            if (next == first) {
                return second;
            }
        }
        return first == null ? second : first;
    }
}
