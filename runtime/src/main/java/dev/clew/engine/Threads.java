package dev.clew.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where bodies and tasks run when the builder names no executor: on virtual threads where the JVM has them, else on
 * daemon threads that are kept for a while. The one class that looks a method up by its name.
 */
public final class Threads {
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
                MethodHandle find = MethodHandles.publicLookup()
                        .findStatic(
                                Executors.class,
                                "newVirtualThreadPerTaskExecutor",
                                MethodType.methodType(ExecutorService.class));
                return (ExecutorService) find.invoke();
            } catch (Throwable absent) {
                throw new IllegalStateException("this JVM says it has virtual threads but does not give them", absent);
            }
        }
        AtomicLong count = new AtomicLong();
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "clew-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
