package dev.clew.postgres;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.Workflow;
import dev.clew.queue.QueuedRun;
import dev.clew.spi.OutboxWorkflow;
import dev.clew.store.Shelf;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database that remembers threads, their runs, logs and checkpoints, results of cached tasks, and documents, for any
 * number of processes.
 *
 * <p><b>Crashes.</b> What a durable write stored survives the death of the process and of the server, as far as the server's own
 * settings promise; what another write stored survives the death of the process. If the answer to a commit is lost, with its
 * connection, the writer connects anew and finds out whether it was stored.
 *
 * <p><b>Time.</b> Leases and due moments are judged by the server's clock.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. What waits for a writer shares commits; readers wait for no writer,
 * but for a free connection.
 *
 * <p><b>The database</b> is PostgreSQL 13 or newer with encoding UTF8. The tables are in a schema of their own, and are made and
 * updated under a lock. Thread ids have at most 1,500 bytes in UTF-8, the ids of runs, checkpoints and questions 500.
 *
 * <pre>{@code
 * try (var db = Postgres.connect("jdbc:postgresql://db1/clew", user, password);
 *     var graph = EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).build()) {
 *   graph.write().invoke("rain", RunConfig.thread("essay-1"));
 * }
 * }</pre>
 */
public final class Postgres implements AutoCloseable {
    private final PostgresOptions options;
    private final List<Writer> writers;
    private final Pool readers;
    private final Pool renewers;
    private final StoreTime time;
    private final QueueHints hints;
    private final PostgresQueue queue;
    private final Checkpointer checkpointer;
    private final TaskCache cache;
    private final PostgresShelf shelf;
    private final Clock clock;
    private final Store store;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Postgres(Connections connections, PostgresOptions options, StoreTime time) {
        this.options = options;
        String owner = UUID.randomUUID().toString();
        int others = options.connections() - options.writers() - (options.listens() ? 1 : 0);
        this.readers = new Pool(connections, Math.max(1, others - 1));
        this.renewers = others == 1 ? readers : new Pool(connections, 1);
        this.time = time;
        this.hints = new QueueHints(connections, readers, options);
        this.writers = IntStream.range(0, options.writers())
                .mapToObj(index -> new Writer(connections, time, hints, owner, index))
                .toList();
        this.queue = new PostgresQueue(readers, time, hints);
        this.checkpointer = new PostgresCheckpointer(writers, readers, renewers, time, queue);
        this.cache = new PostgresTaskCache(readers, time);
        this.shelf = new PostgresShelf(readers, connections);
        this.clock = time.stepped() == null ? new ServerClock(readers, time) : time.stepped();
        this.store = Store.on(shelf, StoreOptions.defaults(), clock);
        writers.forEach(Writer::start);
    }

    /** {@link #connect(String, String, String, PostgresOptions)} with the default options. */
    public static Postgres connect(String url, String user, String password) {
        return connect(url, user, password, PostgresOptions.defaults());
    }

    /**
     * Connects to a database.
     *
     * @param url as pgjdbc takes it: {@code jdbc:postgresql://db1,db2/clew?targetServerType=primary}
     * @throws CheckpointException if the server cannot be reached, refuses the user, is too old, would lose what was committed, or
     *     has tables of a newer version
     */
    public static Postgres connect(String url, String user, String password, PostgresOptions options) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setTcpKeepAlive(true);
        source.setPrepareThreshold(options.pollsOnly() ? 0 : 1);
        source.setApplicationName("clew");
        source.setConnectTimeout(Math.toIntExact(Connections.CONNECT.toSeconds()));
        return of(source, options);
    }

    /** {@link #of(DataSource, PostgresOptions)} with the default options. */
    public static Postgres of(DataSource source) {
        return of(source, PostgresOptions.defaults());
    }

    /**
     * Takes connections from a source of yours, such as the pool of your application, and keeps them until {@link #close}. It sets
     * them up for itself, and gives them back as they were.
     *
     * @throws CheckpointException as {@link #connect(String, String, String, PostgresOptions)}
     */
    public static Postgres of(DataSource source, PostgresOptions options) {
        return of(source, options, null);
    }

    /** With leases judged by this clock, for the contract suites, which step it; null for the server's. */
    static Postgres of(DataSource source, PostgresOptions options, @Nullable Clock clock) {
        return of(source, options, clock, Migrations.VERSION);
    }

    /** On tables of an older version, as a process that was started before they were updated. */
    static Postgres of(DataSource source, PostgresOptions options, @Nullable Clock clock, int version) {
        Connections connections = new Connections(source, options);
        connections.prepare(version);
        return new Postgres(connections, options, new StoreTime(clock));
    }

    /** Makes or updates the tables, and nothing else: for an account that may do that, before others connect. */
    public static void migrate(DataSource source, PostgresOptions options) {
        new Connections(
                        source,
                        new PostgresOptions(
                                options.schema(), options.connections(), true, options.unsafe(), options.pollsOnly()))
                .prepare();
    }

    /** Where its stores keep documents. */
    Shelf shelf() {
        return shelf;
    }

    String schema() {
        return options.schema();
    }

    /** Keeps threads, runs, logs and checkpoints; the same object every time, usable until {@link #close}. */
    public Checkpointer checkpointer() {
        return checkpointer;
    }

    /**
     * Keeps results of tasks for other runs, in every process of the schema; the same object every time, usable until
     * {@link #close}. Entries expire by the server's clock; those without a time to live stay until they are cleared. A crash of
     * the server may lose the newest entries, which are computed again.
     */
    public TaskCache cache() {
        return cache;
    }

    /** {@link #store(StoreOptions)} with the default options; the same object every time. */
    public Store store() {
        return store;
    }

    /**
     * Keeps documents, for every process of the schema; usable until {@link #close}. Documents expire by the server's clock.
     *
     * <p>Without an embedder, and with a codec that does not encrypt, the database evaluates filters and nothing is kept in memory.
     * Else each object has an index in memory, which is made for up to 100,000 documents: make it once. Several objects must agree
     * on the codec, and see each other's documents ranked only if they agree on the embedder.
     *
     * <p>A namespace has at most 1,000 bytes in UTF-8, a key 1,500. Changes of documents are made one after the other in the whole
     * schema: a store is memory, not a table for thousands of writes a second.
     */
    public Store store(StoreOptions options) {
        if (options.embedder() != null) {
            shelf.reportSize();
        }
        return Store.on(shelf, options, clock);
    }

    /**
     * Enqueues a run in a transaction of the caller's: it is there if that commits, with all else that the transaction changed, and
     * never was if it does not. So a row of an application's own table and the run that works on it cannot miss each other.
     *
     * <p>One row is inserted; nothing else is locked, and nobody is notified. After the commit, the next look of any worker of the
     * schema finds it ({@link dev.clew.queue.Worker#pollEvery}), or {@link #wake} does at once. Then it joins its thread's
     * line: behind what was enqueued before that look, however early the row was inserted. Rows of a thread that one look finds join
     * in the order in which they were inserted. A {@code delay} counts from the insert.
     *
     * <p>The same run id again is the same run, as long as that is stored: if there is such a run or request, nothing is inserted.
     * If two transactions insert the same one, the second waits for the first.
     *
     * <pre>{@code
     * try (Connection connection = source.getConnection()) {
     *   connection.setAutoCommit(false);
     *   insertOrder(connection, order);
     *   db.enqueue(connection, graph.bill(), order.id(), RunConfig.once("bill-" + order.id()).queue("bills"));
     *   connection.commit();
     *   db.wake("bills");
     * }
     * }</pre>
     *
     * @param connection to the same database, with any isolation; it is neither committed nor closed here. With autocommit, the run
     *     is enqueued at once
     * @param workflow of a graph with a checkpointer of this schema
     * @return the handle of the run, which knows nothing of it before the commit
     * @throws dev.clew.flow.RequestRefusedException what {@code workflow.enqueue} refuses, and a {@code whenBusy} other than {@code
     *     enqueue()}; nothing was done in the transaction
     * @throws CheckpointException if the insert failed; its cause is the {@code SQLException}, and the transaction can only be
     *     rolled back
     */
    public <I, O extends @Nullable Object> RunHandle<O> enqueue(
            Connection connection, Workflow<I, O> workflow, I input, RunConfig config) {
        return enqueue(connection, workflow, OutboxWorkflow.of(workflow).request(input, config));
    }

    /** {@link #enqueue(Connection, Workflow, Object, RunConfig)} of a workflow without input. */
    public <O extends @Nullable Object> RunHandle<O> enqueue(
            Connection connection, Workflow<?, O> workflow, RunConfig config) {
        return enqueue(connection, workflow, OutboxWorkflow.of(workflow).request(config));
    }

    private <O extends @Nullable Object> RunHandle<O> enqueue(
            Connection connection, Workflow<?, O> workflow, QueuedRun request) {
        try {
            Outbox.add(connection, options.schema(), request, time);
        } catch (SQLException e) {
            throw PostgresFailures.of("enqueuing in a transaction", options.schema(), e);
        }
        return workflow.handle(request.requestId(), request.threadId());
    }

    /**
     * Lets what was enqueued in committed transactions join its lines now, and the workers of a queue look, in all processes.
     *
     * @throws CheckpointException if the database cannot be reached; then the workers find it when they look
     */
    public void wake(String queueName) {
        queue.wake(queueName);
    }

    /**
     * Writes what is waiting, then closes the connections; calls made from now on fail with {@link CheckpointException}. A
     * second call does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            hints.close();
            writers.forEach(Writer::close);
            readers.close();
            renewers.close();
        }
    }
}
