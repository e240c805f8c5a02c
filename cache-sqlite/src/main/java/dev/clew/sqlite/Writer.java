package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Commits;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.StorageLostException;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this object that writes, and its connection. What waits when it is free goes into one transaction:
 * threads that wait for the disk wait together.
 *
 * <p>A request that is refused, or breaks a constraint, is undone to its savepoint and fails alone. Anything else that
 * goes wrong fails the whole group, of which nothing is stored; the next group gets a new connection.
 *
 * <p>A group is synced if one of its requests is durable. The sync covers the write-ahead log from its start, hence
 * earlier groups, too.
 */
final class Writer implements AutoCloseable {
    private final Connections connections;
    private final WriteQueue queue = new WriteQueue();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final Thread thread;

    // From here on, the writer thread's own.
    private @Nullable Session session;
    private boolean syncing;

    /** The claims that had a failed write, by thread id; forgotten when they are found to be lost. */
    private final Map<String, Claim> failedClaims = new HashMap<>();

    private Writer(Connections connections, Session session) {
        this.connections = connections;
        this.session = session;
        this.thread = daemon("clew-sqlite-writer " + connections.file().getFileName(), this::run);
    }

    /** A thread that keeps nothing of its creator alive: no loader, no thread-locals, no access control context. */
    @SuppressWarnings("removal") // on JDK 17 nothing else keeps the stack's protection domains out of the thread
    private static Thread daemon(String name, Runnable work) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, work, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Writer.class.getClassLoader());
            return thread;
        });
    }

    /** Starts a writer on a connection, which is its own from now on. */
    static Writer start(Connections connections, Session session) {
        Writer writer = new Writer(connections, session);
        writer.thread.start();
        return writer;
    }

    /** Has a request carried out; waits only while too much is waiting. */
    <T> CompletableFuture<T> submit(Request<T> request) {
        if (!queue.put(request, Thread.currentThread() != thread)) {
            request.abandoned(refused -> SqliteFailures.closed(connections.file()));
        }
        return request.result();
    }

    /** Has a request carried out and waits for its outcome. */
    <T> T call(Request<T> request) {
        if (Thread.currentThread() == thread) {
            throw new CheckpointException(
                    "a blocking call was made while a write completed; make it on another thread");
        }
        try {
            return submit(request).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CheckpointException failure) {
                throw failure;
            }
            throw e;
        }
    }

    Commits commits() {
        return new Commits(commits.get(), writes.get());
    }

    /** Carries out what waits, then ends. */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            writeUntilClosed();
        } catch (Throwable broken) { // only what keeps the queue itself from working
            queue.close();
            queue.take().forEach(request -> request.abandoned(lost -> failureOf(connections.file(), broken)));
        }
        discardSession();
    }

    private void writeUntilClosed() {
        List<Request<?>> group = queue.take();
        while (!group.isEmpty()) {
            try {
                commit(group);
                commits.incrementAndGet();
                writes.addAndGet(group.size());
                group.forEach(Request::committed);
            } catch (Throwable e) { // this thread has no caller who could be told
                abandon(group, e);
            }
            group = queue.take();
        }
    }

    /** Leaves nothing in the write-ahead log. On the caller's thread, beside the writer's own. */
    void emptyLog() {
        connections.emptyLog();
    }

    private void commit(List<Request<?>> group) throws SQLException {
        Session current = session();
        connections.identity().requireNowAndThen();
        sync(current, group.stream().anyMatch(request -> request.kind().durable()));
        current.update("BEGIN IMMEDIATE");
        for (Request<?> request : group) {
            apply(current, request);
        }
        current.update("COMMIT");
        connections.identity().committed();
    }

    private Session session() throws SQLException {
        Session current = session;
        if (current == null) {
            current = connections.writer();
            session = current;
            syncing = false;
        }
        return current;
    }

    /** Says whether the next commit waits for the disk; a new connection's does not. */
    private void sync(Session current, boolean durable) throws SQLException {
        if (durable != syncing) {
            current.execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            syncing = durable;
        }
    }

    private void apply(Session current, Request<?> request) throws SQLException {
        Claim claim = request.kind().claim();
        if (claim != null && claim.equals(failedClaims.get(claim.threadId()))) {
            request.refuse(new CheckpointException("an earlier write of this claim of thread '" + claim.threadId()
                    + "' failed, so this one is refused; claim the thread again"));
            return;
        }
        boolean undoable = request.kind().steps() > 1;
        if (undoable) {
            current.update("SAVEPOINT request");
        }
        @Nullable CheckpointException refusal = tryToApply(current, request);
        if (refusal != null) {
            refuse(request, refusal);
            if (undoable) {
                current.update("ROLLBACK TO request");
            }
        }
        if (undoable) {
            current.update("RELEASE request");
        }
    }

    /** Why the request cannot be carried out, or null where it was. */
    private @Nullable CheckpointException tryToApply(Session current, Request<?> request) throws SQLException {
        try {
            request.apply(current);
            return null;
        } catch (CheckpointException e) {
            return e;
        } catch (SQLException e) {
            if (SqliteFailures.isConstraint(e)) {
                return SqliteFailures.of("a write", connections.file(), e);
            }
            throw e;
        }
    }

    private void refuse(Request<?> request, CheckpointException reason) {
        request.refuse(reason);
        Claim claim = request.kind().claim();
        if (claim == null) {
            return;
        }
        if (reason instanceof LeaseLostException) {
            failedClaims.remove(claim.threadId(), claim);
        } else {
            failedClaims.put(claim.threadId(), claim);
        }
    }

    private void abandon(List<Request<?>> group, Throwable failure) {
        rollBack(failure);
        discardSession();
        for (Request<?> request : group) {
            Claim claim = request.kind().claim();
            if (claim != null) {
                failedClaims.put(claim.threadId(), claim);
            }
            request.abandoned(abandoned -> failureOf(connections.file(), failure));
        }
    }

    private static CheckpointException failureOf(Path file, Throwable failure) {
        if (failure instanceof StorageLostException lost) {
            return lost;
        }
        return failure instanceof SQLException e
                ? SqliteFailures.of("a commit", file, e)
                : new CheckpointException("a commit failed on '" + file + "'", failure);
    }

    private void rollBack(Throwable failure) {
        Session current = session;
        if (current == null) {
            return;
        }
        try {
            current.update("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e); // SQLite may have rolled back itself
        }
    }

    private void discardSession() {
        Session current = session;
        session = null;
        connections.identity().disconnected();
        if (current != null) {
            try {
                current.close();
            } catch (SQLException ignored) {
                // what is committed is safe, and nothing else was in it
            }
        }
    }
}
