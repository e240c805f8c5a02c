package dev.clew.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a file to the schema of this version, one script after the other. {@code user_version} counts the scripts that
 * ran, {@code application_id} says that the file is ours.
 *
 * <pre>
 *   thread 1──n run          the row that claims compare and set; and each run's row
 *      │        │
 *      │        └──n log     place = run.key * 2^32 + seq, bytes
 *      └──n checkpoint 1──n checkpoint_metadata
 *   answer                   an answer that waits for the owner of its thread, by thread, run and question
 *   request, queue, worker   what waits for a worker, what holds for a queue, and who takes from it
 *   schedule                 what adds requests again and again, by name
 *   retired_epoch            one row
 *   cached                   a task's result by class, signature, version and arguments, with its expiry
 *   index_state              one row once the index of threads is kept
 *   thread_info 1──n thread_label   what was attached to a thread, and by which labels it is found
 *   request_record           a request that a server got, by thread and id
 *   tape                     what a run told beside its log, by thread, run and number
 *   document                 a document of the store by namespace and name, with its vectors, expiry and revision
 *   document_gone            documents that were removed lately, by revision
 *   document_revision        one row
 * </pre>
 *
 * <p>Nothing is written to a file that is not empty and not ours, or that a newer version wrote. Every step looks at a
 * fixed number of pages, however large the file is, but for the fifth: it gives each run its number.
 */
final class Migrations {
    /** "Clew" in ASCII. */
    private static final int APPLICATION_ID = 0x436c6577;

    private static final int VERSION = 10;

    private Migrations() {}

    static void run(Session session, Path file) throws SQLException {
        // One transaction: between two reads of its own, another process could make the schema.
        inTransaction(session, "BEGIN", () -> checkOurs(session, file));
        Connections.useLog(session);
        if (version(session) < VERSION) {
            inTransaction(session, "BEGIN IMMEDIATE", () -> {
                // Another process may have been faster.
                checkOurs(session, file);
                for (int next = version(session) + 1; next <= VERSION; next++) {
                    runScript(session, "schema-" + next + ".sql");
                }
                session.execute("PRAGMA application_id = " + APPLICATION_ID);
                session.execute("PRAGMA user_version = " + VERSION);
            });
        }
    }

    private static void inTransaction(Session session, String begin, Work work) throws SQLException {
        session.execute(begin);
        try {
            work.run();
            session.execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollBack(session, e);
            throw e;
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static void checkOurs(Session session, Path file) throws SQLException {
        int application = number(session, "PRAGMA application_id");
        int version = version(session);
        boolean empty = number(session, "SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION_ID && !(application == 0 && version == 0 && empty)) {
            throw new CheckpointException("'" + file + "' is the database of another application; give another path");
        }
        if (version > VERSION) {
            throw new CheckpointException("database '" + file + "' has schema " + version
                    + ", written by a newer version; this one knows schemas up to " + VERSION);
        }
    }

    private static int version(Session session) throws SQLException {
        return number(session, "PRAGMA user_version");
    }

    private static int number(Session session, String query) throws SQLException {
        return session.first(query, row -> row.getInt(1)).orElse(0);
    }

    private static void runScript(Session session, String name) throws SQLException {
        for (String statement : script(name).split(";\n", -1)) {
            if (!statement.isBlank()) {
                session.execute(statement);
            }
        }
    }

    private static String script(String name) {
        try (@Nullable InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new CheckpointException("resource '" + name + "' is missing from the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rollBack(Session session, Exception failure) {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
