package dev.clew.contracts.lab;

import dev.clew.contracts.SharedResources;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine logs until this is closed, at every level: one at a time, so its test holds {@link SharedResources#LOG} or
 * runs alone. Tests beside it may log meanwhile: count only entries that name something of your own, such as a thread id.
 */
public final class LogCapture implements AutoCloseable {
    private static final int DEBUG = 10;
    private static final int INFO = 20;

    private static final AtomicBoolean OPEN = new AtomicBoolean();

    private final OutputStream logged = new ByteArrayOutputStream();
    private final PrintStream console = System.err;

    public LogCapture() {
        if (!OPEN.compareAndSet(false, true)) {
            throw new IllegalStateException("another test captures the log: hold the lock SharedResources.LOG");
        }
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        level(DEBUG);
    }

    /** All of it so far. */
    public String text() {
        System.err.flush();
        return logged.toString();
    }

    /** How often this expression is found, with dots for line ends too. */
    public long count(String expression) {
        return Pattern.compile(expression, Pattern.DOTALL)
                .matcher(text())
                .results()
                .count();
    }

    private static void level(int level) {
        Logger logger = LoggerFactory.getLogger("dev.clew");
        try {
            Field current = logger.getClass().getDeclaredField("currentLogLevel");
            current.setAccessible(true);
            current.setInt(logger, level);
        } catch (ReflectiveOperationException other) {
            throw new LinkageError("the tests log by slf4j-simple", other);
        }
    }

    @Override
    public void close() {
        level(INFO);
        System.setErr(console);
        OPEN.set(false);
    }
}
