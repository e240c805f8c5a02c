package dev.clew.engine.world;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes threads that may outlive the application whose code happened to need them first. They keep nothing of it alive: no
 * context class loader, no inheritable thread-locals, and no access control context.
 */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** A daemon thread, not started. */
    @SuppressWarnings(
            "removal") // on JDK 17 a thread keeps the protection domains of its creator's stack, and only this cuts it
    public static Thread of(String name, Runnable work) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, work, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
            return thread;
        });
    }
}
