package dev.clew.engine.setup;

import dev.clew.engine.world.DaemonThreads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where bodies and tasks run when the builder names no executor: on virtual threads where the JVM has them, else on
 * daemon threads that are kept for a while. The one class that looks a method up by its name.
 */
public final class Threads {
    /** The names of all threads that run bodies and tasks begin so. */
    private static final String NAME = "clew-run-";

    private static final ExecutorService SHARED = make();

    private Threads() {}

    public static ExecutorService shared() {
        return SHARED;
    }

    public static boolean virtual() {
        return Runtime.version().feature() >= 21;
    }

    private static ExecutorService make() {
        if (virtual()) {
            try {
                return perTask(virtualThreads());
            } catch (Throwable absent) {
                throw new IllegalStateException("this JVM says it has virtual threads but does not give them", absent);
            }
        }
        AtomicLong count = new AtomicLong();
        return Executors.newCachedThreadPool(work -> DaemonThreads.of(NAME + count.incrementAndGet(), work));
    }

    /** {@code Thread.ofVirtual().name(NAME, 1).factory()}. */
    private static ThreadFactory virtualThreads() throws Throwable {
        Class<?> builder = Class.forName("java.lang.Thread$Builder");
        Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Object unnamed = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual))
                .invoke();
        Object named = lookup.findVirtual(virtual, "name", MethodType.methodType(virtual, String.class, long.class))
                .invoke(unnamed, NAME, 1L);
        return (ThreadFactory) lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
                .invoke(named);
    }

    private static ExecutorService perTask(ThreadFactory factory) throws Throwable {
        return (ExecutorService) MethodHandles.publicLookup()
                .findStatic(
                        Executors.class,
                        "newThreadPerTaskExecutor",
                        MethodType.methodType(ExecutorService.class, ThreadFactory.class))
                .invoke(factory);
    }
}
