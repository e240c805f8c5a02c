package dev.clew.contracts.lab;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine logs until this is closed, at every level. */
public final class LogCapture implements AutoCloseable {
    private static final int DEBUG = 10;
    private static final int INFO = 20;

    private final OutputStream logged = new ByteArrayOutputStream();
    private final PrintStream console = System.err;

    public LogCapture() {
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
    }
}
