package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteOpenMode;

/**
 * Makes connections to one file, and the file itself.
 *
 * <p>An existing database is never opened by Java's own file classes: closing such a descriptor would drop the locks
 * that SQLite holds on the file in this process.
 */
final class Connections {
    private static final int BUSY_MILLIS = 10_000;
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Set<PosixFilePermission> ANY_WRITE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final FileIdentity identity;

    private Connections(Path file) {
        this.file = file;
        this.identity = FileIdentity.of(file);
    }

    /**
     * Connections to this file, which is made for its owner only if it does not exist.
     *
     * @throws CheckpointException if it can be no database that we may write
     */
    static Connections to(Path path) {
        return to(path, FileSystemType::of);
    }

    /** {@link #to(Path)} with file systems told by this. */
    static Connections to(Path path, Function<Path, String> typeOf) {
        Path file = path.toAbsolutePath();
        checkLocal(file, typeOf.apply(file));
        if (!create(file)) {
            checkExisting(file);
        }
        return new Connections(file);
    }

    Path file() {
        return file;
    }

    /** Tells whether the path still names the file that this was made for. */
    FileIdentity identity() {
        return identity;
    }

    /** The first connection that may write, with the file made ready: journal and schema are as this version needs. */
    Session migrated() {
        try {
            Session session = writer();
            try {
                Migrations.run(session, file);
                return session;
            } catch (SQLException e) {
                throw closed(session, e);
            } catch (RuntimeException e) {
                throw closed(session, e);
            }
        } catch (SQLException e) {
            throw SqliteFailures.of("opening", file, e);
        }
    }

    /** A connection that may write. The file's journal is not touched before {@link #useLog}. */
    Session writer() throws SQLException {
        Session session = connect();
        try {
            session.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            session.execute("PRAGMA synchronous = NORMAL");
            session.execute("PRAGMA foreign_keys = ON");
            // What is deleted is overwritten, also in pages that become free.
            session.execute("PRAGMA secure_delete = ON");
            session.execute("PRAGMA trusted_schema = OFF");
            session.execute("PRAGMA journal_size_limit = 67108864");
            return session;
        } catch (SQLException e) {
            throw closed(session, e);
        }
    }

    /** A connection for reading. */
    Session reader() throws SQLException {
        Session session = connect();
        try {
            session.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            session.execute("PRAGMA trusted_schema = OFF");
            session.execute("PRAGMA query_only = ON");
            return session;
        } catch (SQLException e) {
            throw closed(session, e);
        }
    }

    /** Moves all of the write-ahead log into the file, and empties the log, which still has what was deleted. */
    void emptyLog() {
        try (Session session = writer()) {
            boolean wasBusy = session.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1) != 0)
                    .orElse(false);
            if (wasBusy) {
                throw new CheckpointException("the write-ahead log of " + file
                        + " still has what was deleted, because other connections read it; erase again");
            }
        } catch (SQLException e) {
            throw SqliteFailures.of("emptying the write-ahead log", file, e);
        }
    }

    /** Has the file journalled by a write-ahead log, in which readers and the writer do not wait for each other. */
    static void useLog(Session session) throws SQLException {
        String mode = logMode(session);
        if (!mode.equals("wal")) {
            throw new CheckpointException("the file system cannot share a write-ahead log, journal mode is '" + mode
                    + "'; put the database on a local disk");
        }
    }

    /**
     * Asks again while the file is locked: where two connections change the mode at once, SQLite refuses one of them at
     * once, because waiting could never end.
     */
    private static String logMode(Session session) throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                return session.first("PRAGMA journal_mode = WAL", row -> row.getString(1))
                        .orElse("none");
            } catch (SQLException e) {
                if (!SqliteFailures.isBusy(e) || System.nanoTime() - start > BUSY_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 10_000_000));
            }
        }
    }

    private Session connect() throws SQLException {
        // A new connection would silently take what is at the path by now.
        identity.require();
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        leaveGeneratedKeys(config);
        // As a URI, because the driver takes what follows a question mark in a plain name for options.
        return new Session(config.createConnection("jdbc:sqlite:" + file.toUri()));
    }

    /** Keeps the driver from preparing a query for generated keys after every insert. */
    private static void leaveGeneratedKeys(SQLiteConfig config) {
        try {
            config.setGetGeneratedKeys(false);
        } catch (NoSuchMethodError older) {
            throw new CheckpointException(
                    "sqlite-jdbc " + SQLiteJDBCLoader.getVersion() + " is too old; use 3.47.1.0 or newer", older);
        }
    }

    private static <E extends Exception> E closed(Session session, E failure) {
        try {
            session.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private static boolean create(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try {
            Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)
                    .close();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new CheckpointException(
                    "database '" + file + "' cannot be created; does its directory exist, and may it be written?", e);
        }
    }

    private static void checkLocal(Path file, String type) {
        if (FileSystemType.isNetwork(type)) {
            throw new CheckpointException("database '" + file + "' would be on the network file system '" + type
                    + "', where SQLite's locks and write-ahead log are not safe; put it on a local disk");
        }
    }

    private static void checkExisting(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException("'" + file + "' is not a regular file, so it can be no database");
        }
        if (!Files.isReadable(file) || !isWritable(file)) {
            throw new CheckpointException("database '" + file + "' cannot be written; check its permissions");
        }
    }

    /** A file without any permission to write is meant to stay as it is, even where root could write it. */
    private static boolean isWritable(Path file) {
        if (!Files.isWritable(file)) {
            return false;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return ANY_WRITE.stream().anyMatch(permissions::contains);
        } catch (IOException | UnsupportedOperationException noPermissionsToAsk) {
            return true;
        }
    }
}
