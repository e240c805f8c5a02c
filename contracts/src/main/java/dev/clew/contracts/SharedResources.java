package dev.clew.contracts;

import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What the tests of one process share while test classes run at the same time: the names for {@link ResourceLock}.
 *
 * <p>A test that counts threads or objects, measures the heap, expects that nothing else is logged, or changes the default
 * locale has no lock that helps: its class is {@link Isolated}.
 */
public final class SharedResources {
    /** The process's error output and the log's level: for all that replace them. Others may log meanwhile. */
    public static final String LOG = "log";

    private SharedResources() {}
}
