package dev.clew.sqlite;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A few connections for reading, made when they are first needed. A query has a connection for as long as SQLite works
 * on it and calls nobody else meanwhile, so waiting for one cannot last.
 */
final class Readers implements AutoCloseable {
    private static final int MOST = Math.max(4, Runtime.getRuntime().availableProcessors());

    private final Connections connections;
    private final Semaphore permits = new Semaphore(MOST);
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Connections connections) {
        this.connections = connections;
    }

    /** Something that is read from one state of the database. */
    @FunctionalInterface
    interface Query<T> {
        T read(Session session) throws SQLException;
    }

    <T> T read(String operation, Query<T> query) {
        permits.acquireUninterruptibly();
        try {
            if (closed) {
                throw SqliteFailures.closed(connections.file());
            }
            connections.identity().requireNowAndThen();
            return readBy(query);
        } catch (SQLException e) {
            throw SqliteFailures.of(operation, connections.file(), e);
        } finally {
            permits.release();
        }
    }

    /** Waits for the queries under way. */
    @Override
    public void close() {
        permits.acquireUninterruptibly(MOST);
        try {
            closed = true;
            for (Session session = idle.poll(); session != null; session = idle.poll()) {
                discard(session);
            }
        } finally {
            permits.release(MOST);
        }
    }

    private <T> T readBy(Query<T> query) throws SQLException {
        @Nullable Session free = idle.pollFirst();
        Session session = free == null ? connections.reader() : free;
        boolean sound = false;
        try {
            T result = query.read(session);
            sound = true;
            return result;
        } finally {
            if (sound) {
                idle.addFirst(session);
            } else {
                discard(session);
            }
        }
    }

    private static void discard(Session session) {
        try {
            session.close();
        } catch (SQLException ignored) {
            // it only read
        }
    }
}
