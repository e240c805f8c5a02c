package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Commits;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.postgres.PostgresFailures.UnknownCommitException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes, and its connection. What waits when it is free goes into one transaction. All writes of a thread go
 * to the same writer, so that they are stored in their order.
 *
 * <p>A claim that does not hold fails its own writes. Data that the server refuses fails alone: the batch is stored by halves
 * until it is found. If the answer to a batch is lost, {@link Settlement} finds out what became of it.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final Connections connections;
    private final StoreTime time;
    private final QueueHints hints;
    private final WriteQueue queue = new WriteQueue();
    private final Thread thread;

    private volatile Commits commits = Commits.NONE;

    // From here on, of the thread whose turn it is.
    private @Nullable Session session;

    /** What the session says of {@code synchronous_commit}; null if that is not known. */
    private @Nullable Boolean syncing;

    private final WriterRow row;

    private final Holdings holdings = new Holdings();

    private final WrittenBehind behind = new WrittenBehind();

    private final LockedThreads locked = new LockedThreads();

    Writer(Connections connections, StoreTime time, QueueHints hints, String owner, int index) {
        this.connections = connections;
        this.hints = hints;
        this.time = time;
        this.row = new WriterRow(owner, index, time);
        this.thread = new Thread(null, this::run, "clew-postgres-writer-" + index, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Writer.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Has a request carried out; waits only while too much is waiting. */
    void submit(Request request) {
        if (!queue.put(request, Thread.currentThread() != thread)) {
            request.fail(PostgresFailures.closed(connections.schema()));
        }
    }

    /**
     * Has a request carried out for a caller that waits for it at once: on its own thread if nothing else waits and the newest
     * requests came alone. So a step that is stored alone costs no hand-over, and those of many callers share a commit. A virtual
     * thread does not write: an interrupt would cut the connection.
     */
    void submitAwaited(Request request) {
        if (isVirtual(Thread.currentThread()) || !queue.begin()) {
            submit(request);
            return;
        }
        // A thread that is interrupted already waits for no lost connection.
        boolean interrupted = Thread.interrupted();
        try {
            process(List.of(request));
        } finally {
            queue.end(!locked.isEmpty());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** On JDK 17 there are none, and no method that asks. */
    private static boolean isVirtual(Thread thread) {
        return !thread.getClass().equals(Thread.class)
                && thread.getClass().getName().startsWith("java.lang.");
    }

    Commits commits() {
        return commits;
    }

    /** Refuses calls that would wait for themselves. */
    void requireMayWait() {
        if (Thread.currentThread() == thread) {
            throw new CheckpointException(
                    "a blocking call was made while a write completed; make it on another thread");
        }
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
            List<Request> group = queue.take(true);
            while (!group.isEmpty() || !locked.isEmpty()) {
                process(group);
                tryLocked();
                group = queue.take(locked.isEmpty());
            }
            forgetMarker();
        } catch (RuntimeException | Error broken) {
            LOG.error("a writer of PostgreSQL schema '{}' broke; connect anew", connections.schema(), broken);
        } finally {
            end();
        }
    }

    /** If it broke, callers wait for nothing. */
    private void end() {
        queue.close();
        for (List<Request> left = queue.take(false); !left.isEmpty(); left = queue.take(false)) {
            left.forEach(request -> request.fail(PostgresFailures.closed(connections.schema())));
        }
        discardSession();
    }

    /** Stores a group by as many batches as it takes. */
    private void process(List<Request> group) {
        List<Request> rest = locked.keepBehind(group);
        while (!rest.isEmpty()) {
            List<Request> later = new ArrayList<>();
            store(Batch.first(rest, later), false, true);
            rest = locked.keepBehind(later);
        }
    }

    /** Requests of one thread that was locked, if there is one. */
    private void tryLocked() {
        List<Request> later = new ArrayList<>();
        List<Request> first = locked.next(later);
        if (!first.isEmpty()) {
            store(first, true, true);
            locked.tried(first.get(0).threadId());
            process(later);
        }
    }

    /**
     * Stores requests by one batch, and completes each of them.
     *
     * @param waits whether it waits for the locks of others
     * @param again whether it may be tried once more
     */
    private void store(List<Request> requests, boolean waits, boolean again) {
        try {
            storeWhole(requests, waits, again);
        } catch (RuntimeException | Error broken) {
            discardSession();
            row.skip();
            CheckpointException why = broken(broken);
            requests.forEach(request -> refuse(request, why));
        }
    }

    private CheckpointException broken(Throwable cause) {
        return new CheckpointException("a write failed on PostgreSQL schema '" + connections.schema() + "'", cause);
    }

    private void storeWhole(List<Request> requests, boolean waits, boolean again) {
        // First the connection: a new one may show that claims have lost what was written behind.
        @Nullable SQLException down = connect();
        Batch batch = new Batch(requests, holdings, time);
        if (down != null) {
            failed(requests, batch, down, waits, again);
            return;
        }
        try {
            finish(batch, write(batch, waits), waits);
        } catch (WriterRow.StaleException stale) {
            syncing = null;
            row.forget();
            store(requests, waits, again);
        } catch (RefusedException refused) {
            // What came before it is stored, and what comes after it in its claim fails.
            int place = requests.indexOf(refused.request());
            storeIfAny(requests.subList(0, place), waits, again);
            refuse(refused.request(), refused.why());
            storeIfAny(requests.subList(place + 1, requests.size()), waits, again);
        } catch (SQLException failed) {
            failed(requests, batch, failed, waits, again);
        }
    }

    private void storeIfAny(List<Request> requests, boolean waits, boolean again) {
        if (!requests.isEmpty()) {
            store(requests, waits, again);
        }
    }

    private void failed(List<Request> requests, Batch batch, SQLException failed, boolean waits, boolean again) {
        boolean isLocked = PostgresFailures.isLockTimeout(failed);
        if (isLocked && !waits) {
            storeByHalves(requests);
            return;
        }
        if (isLocked && locked.keep(requests)) {
            return;
        }
        if (PostgresFailures.mayComeBack(failed)) {
            discardSession();
            settle(requests, batch, failed, waits, again);
        } else if (again && PostgresFailures.isConflict(failed) && !isLocked) {
            store(requests, waits, false);
        } else if (PostgresFailures.isData(failed) && requests.size() > 1) {
            int half = requests.size() / 2;
            store(requests.subList(0, half), waits, true);
            store(requests.subList(half, requests.size()), waits, true);
        } else {
            CheckpointException why = PostgresFailures.of("a write", connections.schema(), failed);
            boolean taken = PostgresFailures.isRecorded(failed);
            requests.forEach(request -> refuse(request, taken ? request.takenOr(why) : why));
        }
    }

    /** One of the threads is locked, and nothing says which: halves of the threads are tried, until it is alone. */
    private void storeByHalves(List<Request> requests) {
        List<List<Request>> threads = List.copyOf(requests.stream()
                .collect(Collectors.groupingBy(Request::threadId, LinkedHashMap::new, Collectors.toList()))
                .values());
        if (threads.size() == 1) {
            store(requests, true, true);
            return;
        }
        int half = threads.size() / 2;
        store(threads.subList(0, half).stream().flatMap(List::stream).toList(), false, true);
        store(
                threads.subList(half, threads.size()).stream()
                        .flatMap(List::stream)
                        .toList(),
                false,
                true);
    }

    /** Gives the threads whose claims held. */
    private Set<String> write(Batch batch, boolean waits) throws SQLException {
        Session current = session();
        Sql start = new Sql();
        boolean durable = batch.isDurable();
        if (connections.forgetsSettings()) {
            start.add(
                    "SELECT set_config('synchronous_commit', ?, true); ",
                    durable ? connections.durableCommit() : "off");
        } else if (syncing == null || syncing != durable) {
            start.add(
                    "SELECT set_config('synchronous_commit', ?, false); ",
                    durable ? connections.durableCommit() : "off");
        }
        row.show(current);
        syncing = null;
        Set<String> held = waits || batch.movesLines(false)
                ? current.transaction(on -> {
                    batch.prepare(on, row, waits);
                    boolean more = batch.hasMore();
                    // Where the row of the writer is locked already, it is known what the statement finds there.
                    boolean isSure = batch.movesLines(waits) || batch.isProvenByLog();
                    Set<String> stored = writePrepared(batch, on, start, waits, !more && isSure);
                    if (more) {
                        batch.follow(on, stored);
                    }
                    return stored;
                })
                : prepareAndWrite(batch, current, start, waits);
        syncing = durable;
        if (!batch.units().isEmpty() && !batch.isProvenByLog()) {
            row.advance();
        }
        return held;
    }

    private Set<String> prepareAndWrite(Batch batch, Session on, Sql start, boolean waits) throws SQLException {
        batch.prepare(on, row, waits);
        try {
            return writePrepared(batch, on, start, waits, false);
        } catch (SQLException e) {
            // The statement is a transaction of its own.
            throw PostgresFailures.isConnectionLost(e) ? new UnknownCommitException(e) : e;
        }
    }

    private Set<String> writePrepared(Batch batch, Session on, Sql start, boolean waits, boolean commits)
            throws SQLException {
        if (batch.units().isEmpty()) {
            if (!start.toString().isEmpty()) {
                start.all(on, row -> true);
            }
            return Set.of();
        }
        Set<String> held = batch.write(on, start, row.next(), waits, commits);
        if (!commits && held.isEmpty() && !batch.isProvenByLog()) {
            row.requireMarked(on);
        }
        return held;
    }

    private void settle(List<Request> requests, Batch batch, SQLException lost, boolean waits, boolean again) {
        Settlement settlement = new Settlement(batch, row.next());
        try {
            Optional<Set<String>> stored = Optional.empty();
            try (Session next = Settlement.reconnect(connections)) {
                behind.verify(next, holdings);
                if (lost instanceof UnknownCommitException) {
                    stored = settlement.find(next);
                }
            }
            if (stored.isPresent()) {
                finish(batch, stored.get(), waits);
            } else if (again) {
                store(requests, waits, false);
            } else {
                throw lost;
            }
        } catch (SQLException | RuntimeException unsettled) {
            row.skip();
            CheckpointException why = why(lost, unsettled);
            requests.forEach(request -> refuse(request, why));
        }
    }

    /** What may be stored is not said to have failed, whatever kept the settlement from finding out. */
    private CheckpointException why(SQLException lost, Exception unsettled) {
        Exception first = lost instanceof UnknownCommitException ? lost : unsettled;
        Exception second = first == lost ? unsettled : lost;
        if (second != first) {
            first.addSuppressed(second);
        }
        return first instanceof SQLException failed
                ? PostgresFailures.of("a write", connections.schema(), failed)
                : broken(first);
    }

    /**
     * The batch is stored. What was skipped goes alone and waits; what waited and is not there has lost its claim, or got none.
     */
    private void finish(Batch batch, Set<String> held, boolean waited) {
        behind.stored(batch, held);
        commits = commits.plus(batch.commits(held));
        hints.send(batch.ready());
        List<Unit> skipped = new ArrayList<>();
        for (Unit unit : batch.units()) {
            if (!held.contains(unit.threadId())) {
                skipped.add(unit);
                continue;
            }
            if (unit.release) {
                holdings.forget(unit.holding.claim);
            } else {
                holdings.put(unit.holding);
            }
            boolean readied = !batch.ready().isEmpty();
            unit.requests.forEach(request -> {
                request.readied().set(readied);
                request.result().complete(Optional.of(unit.holding.claim));
            });
        }
        for (Request claim : batch.refusedClaims()) {
            if (waited || claim.isOfNewThread()) {
                claim.result().complete(Optional.empty());
            } else {
                store(List.of(claim), true, true);
            }
        }
        for (Unit unit : skipped) {
            if (waited) {
                lose(unit);
            } else {
                store(unit.requests, true, true);
            }
        }
    }

    private void lose(Unit unit) {
        holdings.forget(unit.holding.claim);
        unit.requests.forEach(request -> request.fail(new LeaseLostException(unit.holding.claim)));
    }

    private void refuse(Request request, CheckpointException why) {
        Claim claim = request.claim();
        if (claim != null && why instanceof LeaseLostException) {
            holdings.forget(claim);
        } else if (claim != null) {
            holdings.fail(claim);
        }
        request.fail(why);
    }

    /** The last batch is settled, so its mark is of no use any more. */
    private void forgetMarker() {
        Session current = session;
        if (current != null) {
            try {
                row.delete(current);
            } catch (SQLException e) {
                LOG.debug("the row of a writer was left behind", e);
            }
        }
    }

    /** Why there is no connection; null if there is one. */
    private @Nullable SQLException connect() {
        try {
            Session unused = session();
            return null;
        } catch (SQLException down) {
            return down;
        }
    }

    private Session session() throws SQLException {
        Session current = session;
        if (current == null) {
            current = opened();
            session = current;
            syncing = null;
        }
        return current;
    }

    private Session opened() throws SQLException {
        Session opened = connections.openForWriter();
        try {
            behind.verify(opened, holdings);
            row.read(opened);
            return opened;
        } catch (SQLException | RuntimeException | Error failed) {
            opened.close();
            throw failed;
        }
    }

    private void discardSession() {
        Session current = session;
        session = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException ignored) {
                // what is committed is safe, and what is not is settled
            }
        }
    }
}
