package dev.clew.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/** Counts the messages to a server that wait for an answer, by their statements. */
final class CountingSource {
    private static final int SHOWN = 110;

    private final DataSource source;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    CountingSource(DataSource source) {
        this.source = source;
    }

    /** How often each statement was sent. */
    Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((statement, count) -> sums.put(statement, count.sum()));
        return sums;
    }

    void reset() {
        counts.clear();
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            Object made = method.invoke(source, arguments);
            return made instanceof Connection connection ? counted(connection) : made;
        });
    }

    private Connection counted(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            String name = method.getName();
            if (name.equals("commit") || name.equals("rollback")) {
                count(name.toUpperCase(java.util.Locale.ROOT));
            }
            Object made = method.invoke(connection, arguments);
            return made instanceof PreparedStatement statement
                    ? counted(statement, String.valueOf(arguments[0]))
                    : made;
        });
    }

    private PreparedStatement counted(PreparedStatement statement, String text) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                count(text);
            }
            return method.invoke(statement, arguments);
        });
    }

    private void count(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        counts.computeIfAbsent(line.substring(0, Math.min(SHOWN, line.length())), key -> new LongAdder())
                .increment();
    }

    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                CountingSource.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return handler.handle(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
