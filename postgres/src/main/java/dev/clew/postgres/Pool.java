package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.postgres.PostgresFailures.UnknownCommitException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A few connections for calls that wait for their answer, opened when they are first needed. Urgent calls go before others.
 *
 * <p>A connection that was idle may be dead without a sign. So work that meets a lost connection is done once more on a new one,
 * unless it may have been committed. Work that the server rolled back because of others, such as in a deadlock, is done again on
 * the same connection. So work is one transaction, or may be begun anew after a part of it was committed.
 */
final class Pool implements AutoCloseable {
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private static final long PAUSE = Duration.ofMillis(10).toNanos();

    private final Connections connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Session> idle = new ArrayDeque<>();
    private int permits;
    private int urgentWaiting;
    private boolean closed;

    Pool(Connections connections, int most) {
        this.connections = connections;
        this.permits = most;
    }

    <T> T call(String operation, Session.Work<T> work) {
        return call(operation, false, session -> {
            session.networkTimeout(Math.toIntExact(Connections.SOCKET.toMillis()));
            return work.on(session);
        });
    }

    /** Before those that are not urgent. */
    <T> T urgent(String operation, Session.Work<T> work) {
        return call(operation, true, work);
    }

    private <T> T call(String operation, boolean urgent, Session.Work<T> work) {
        @Nullable Session session = take(urgent);
        try {
            if (session == null) {
                session = connections.open();
            }
            try {
                T result = repeated(session, work);
                release(session);
                return result;
            } catch (SQLException e) {
                if (!PostgresFailures.isConnectionLost(e) || e instanceof UnknownCommitException) {
                    throw e;
                }
                discard(session);
                discardIdle();
                session = connections.open();
                T result = repeated(session, work);
                release(session);
                return result;
            }
        } catch (SQLException e) {
            discard(session);
            release(null);
            throw PostgresFailures.of(operation, connections.schema(), e);
        } catch (RuntimeException | Error e) {
            discard(session);
            release(null);
            throw e;
        }
    }

    private static <T> T repeated(Session session, Session.Work<T> work) throws SQLException {
        int attempt = 1;
        while (true) {
            try {
                return work.on(session);
            } catch (SQLException failed) {
                if (attempt >= PostgresFailures.attempts(failed)) {
                    throw failed;
                }
                // Who won must get the lock before it is asked for again.
                LockSupport.parkNanos(attempt * PAUSE);
                attempt++;
            }
        }
    }

    /** Lets no call begin; those under way close their connections when they end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        discardIdle();
    }

    /** Waits for a connection; null if a new one is to be opened. */
    private @Nullable Session take(boolean urgent) {
        boolean interrupted = false;
        lock.lock();
        urgentWaiting += urgent ? 1 : 0;
        try {
            long left = PATIENCE;
            while (!closed && (permits == 0 || !urgent && urgentWaiting > 0)) {
                if (left <= 0) {
                    throw new CheckpointException("no connection of PostgreSQL schema '" + connections.schema()
                            + "' was free for 30 s; give it more with PostgresOptions.connections");
                }
                try {
                    left = freed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (closed) {
                throw PostgresFailures.closed(connections.schema());
            }
            permits--;
            return idle.pollFirst();
        } finally {
            urgentWaiting -= urgent ? 1 : 0;
            freed.signalAll();
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release(@Nullable Session sound) {
        boolean keep;
        lock.lock();
        try {
            permits++;
            keep = !closed;
            if (keep && sound != null) {
                idle.addFirst(sound);
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!keep) {
            discard(sound);
        }
    }

    private void discardIdle() {
        while (true) {
            @Nullable Session session;
            lock.lock();
            try {
                session = idle.pollFirst();
            } finally {
                lock.unlock();
            }
            if (session == null) {
                return;
            }
            discard(session);
        }
    }

    private static void discard(@Nullable Session session) {
        if (session != null) {
            try {
                session.close();
            } catch (SQLException ignored) {
                // what is committed is safe, and nothing else was in it
            }
        }
    }
}
