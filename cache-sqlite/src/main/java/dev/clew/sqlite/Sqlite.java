package dev.clew.sqlite;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One SQLite file that remembers threads, their runs, logs and checkpoints, results of cached tasks, and documents.
 *
 * <p><b>Crashes.</b> What a durable write stored survives a killed process and power loss, what another write stored
 * survives a killed process. What was being written when a process died is there as a whole or not at all.
 *
 * <p><b>Processes.</b> Several processes, and several objects of one process, may open the same file; a thread has one
 * owner among all of them. They must see the same local disk: SQLite's locks and shared memory do not work on network file systems, and a file on
 * one that is known as such (NFS, SMB and their like) is refused.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. One thread of this object writes, and what waits for it
 * shares commits; readers wait for nobody.
 *
 * <p><b>A file that is lost.</b> If the file, or its write-ahead log, is deleted, moved or replaced while it is open, calls
 * fail with {@link dev.clew.checkpoint.StorageLostException}, within a second also in runs that write nothing. Windows
 * does not let that happen to an open file.
 *
 * <p><b>The file.</b> A new file, and the {@code -wal} and {@code -shm} files that SQLite keeps beside it, can be read
 * and written by their owner only. Copy all three, or close the database first. Moments are kept to the nanosecond,
 * between the years 1677 and 2262.
 *
 * <pre>{@code
 * try (var db = Sqlite.open(Path.of("essays.db"));
 *     var graph = EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).build()) {
 *   graph.write().invoke("rain", RunConfig.thread("essay-1"));
 * }
 * }</pre>
 */
public final class Sqlite implements AutoCloseable {
    /** Making a file while another thread opens it could drop that thread's locks; see {@link Connections}. */
    private static final ReentrantLock OPENING = new ReentrantLock();

    private final Writer writer;
    private final Readers readers;
    private final Checkpointer checkpointer;
    private final TaskCache cache;
    private final SqliteShelf shelf;
    private final Store store;
    private final Clock clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Sqlite(Connections connections, Session session, Clock clock) {
        this.writer = Writer.start(connections, session);
        this.readers = new Readers(connections);
        this.checkpointer = new SqliteCheckpointer(writer, readers, connections.identity(), clock);
        this.cache = new SqliteTaskCache(writer, readers, clock);
        this.shelf = new SqliteShelf(writer, readers);
        this.store = Store.on(shelf, StoreOptions.defaults(), clock);
        this.clock = clock;
    }

    /**
     * Opens a file, or makes it. Takes the same time however much is in it.
     *
     * @throws CheckpointException if the file cannot be opened or written, is damaged, is no database, is the database
     *     of another application, was written by a newer version, or is on a network file system; then it is as it was
     */
    public static Sqlite open(Path file) {
        return open(file, Clock.systemUTC());
    }

    /** {@link #open(Path)} with leases and expiry judged by this clock, for tests that step it. */
    public static Sqlite open(Path file, Clock clock) {
        OPENING.lock();
        try {
            CompletableFuture<?> codec = codec();
            Connections connections = Connections.to(file);
            Session session = connections.migrated();
            boolean unused = codec.handle((loaded, failed) -> true).join();
            return new Sqlite(connections, session, clock);
        } finally {
            OPENING.unlock();
        }
    }

    /**
     * Has another thread load the codec of documents. The first time that takes as long as loading the driver, so both are done
     * at once; what fails there fails here, when the codec is used.
     */
    private static CompletableFuture<?> codec() {
        return CompletableFuture.supplyAsync(StoreOptions::defaults, work -> {
            Thread thread = new Thread(work, "clew-sqlite-open");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Keeps threads, runs, logs and checkpoints; the same object every time, usable until {@link #close}. */
    public Checkpointer checkpointer() {
        return checkpointer;
    }

    /**
     * Keeps results of tasks for other runs, in every process that opens the file; the same object every time, usable until
     * {@link #close}. Entries without a time to live stay until they are cleared. A crash may lose the newest entries,
     * which are computed again.
     */
    public TaskCache cache() {
        return cache;
    }

    /** {@link #store(StoreOptions)} with the default options; the same object every time. */
    public Store store() {
        return store;
    }

    /**
     * Keeps documents, for every process that opens the file; usable until {@link #close}. Make it once: each object has an
     * index of its own. Several objects must agree on the codec, and see each other's documents ranked only if they agree
     * on the embedder.
     */
    public Store store(StoreOptions options) {
        return Store.on(shelf, options, clock);
    }

    Writer writer() {
        return writer;
    }

    /**
     * Writes what is waiting, then closes the file; calls made from now on fail with {@link CheckpointException}. A
     * second call does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            readers.close();
            writer.close();
        }
    }
}
