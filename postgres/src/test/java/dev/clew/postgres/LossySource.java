package dev.clew.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that are cut around the statement, or the commit, that a test names: before it arrives, or before it is answered. */
final class LossySource {
    /** Where the connection is cut. */
    enum Cut {
        BEFORE,
        AFTER
    }

    private final DataSource source;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile Cut cut = Cut.BEFORE;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile String marker = "";
    private volatile @Nullable Throwable refusal;

    LossySource(DataSource source) {
        this.source = source;
    }

    /** The next statement whose text contains this is cut; {@code COMMIT} stands for a commit. */
    void cut(Cut where, String text) {
        cut = where;
        marker = text;
        cuts.set(1);
    }

    /** From now on this source throws this instead of connecting; null if it is well again. */
    void refuseWith(@Nullable Throwable failure) {
        refusals.set(0);
        refusal = failure;
    }

    /** How often it has refused since. */
    int refusals() {
        return refusals.get();
    }

    /** Whether the cut has happened. */
    boolean isCut() {
        return cuts.get() == 0;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            Throwable refused = refusal;
            if (refused != null && method.getName().equals("getConnection")) {
                refusals.incrementAndGet();
                throw refused;
            }
            Object made = method.invoke(source, arguments);
            return made instanceof Connection connection ? lossy(connection) : made;
        });
    }

    private Connection lossy(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                return cutting(connection, "COMMIT", () -> method.invoke(connection, arguments));
            }
            Object made = method.invoke(connection, arguments);
            return made instanceof PreparedStatement statement
                    ? lossy(connection, statement, String.valueOf(arguments[0]))
                    : made;
        });
    }

    private PreparedStatement lossy(Connection connection, PreparedStatement statement, String text) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> method.getName().startsWith("execute")
                        ? cutting(connection, text, () -> method.invoke(statement, arguments))
                        : method.invoke(statement, arguments));
    }

    private Object cutting(Connection connection, String text, Call call) throws Exception {
        boolean here = !marker.isEmpty() && text.contains(marker) && cuts.compareAndSet(1, 0);
        if (here && cut == Cut.BEFORE) {
            connection.close();
            throw new SQLException("cut before", "08006");
        }
        Object result = call.make();
        if (here) {
            connection.close();
            throw new SQLException("cut after", "08006");
        }
        return result;
    }

    private interface Call {
        Object make() throws Exception;
    }

    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                LossySource.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return handler.handle(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
