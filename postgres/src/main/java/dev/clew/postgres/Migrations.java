package dev.clew.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a schema to this version, one script after the other, in one transaction under an advisory lock: processes that start
 * together wait for each other. {@code schema_version} has one row for each script that ran.
 */
final class Migrations {
    static final int VERSION = 7;

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('clew migration'), hashtext(?))";

    /** Reads the catalogue's rows. What looks up a name may still miss a table that another session made while this one waited. */
    private static final String EXISTS = """
            SELECT 1 FROM pg_catalog.pg_namespace n
            WHERE n.nspname = ? AND EXISTS (
                SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'schema_version')""";

    private static final String NEWEST = "SELECT coalesce(max(version), 0) FROM {s}.schema_version";

    private Migrations() {}

    /** @param upTo the version that it stops at; an older one than this only in tests */
    static void run(Session session, String schema, int upTo) throws SQLException {
        if (version(session, schema) >= upTo) {
            return;
        }
        session.transaction(locked -> {
            // Others may migrate for longer than a lock is waited for elsewhere.
            locked.execute("SET LOCAL lock_timeout = 0");
            locked.all(LOCK, row -> true, schema);
            if (version(locked, schema) == 0) {
                locked.execute("CREATE SCHEMA IF NOT EXISTS {s}");
                locked.execute("CREATE TABLE IF NOT EXISTS {s}.schema_version"
                        + " (version int PRIMARY KEY, since timestamptz NOT NULL DEFAULT clock_timestamp())");
            }
            for (int next = version(locked, schema) + 1; next <= upTo; next++) {
                locked.execute(script("schema-" + next + ".sql"));
                locked.update("INSERT INTO {s}.schema_version (version) VALUES (?)", next);
            }
            return true;
        });
    }

    /** @param wanted the version that is current; an older one than this only in tests */
    static void requireCurrent(Session session, String schema, int wanted) throws SQLException {
        int version = version(session, schema);
        if (version > wanted) {
            throw new CheckpointException("schema '" + schema + "' has version " + version
                    + ", made by a newer Clew; this one knows versions up to " + wanted);
        }
        if (version < wanted) {
            throw new CheckpointException("schema '" + schema + "' has version " + version + ", and this Clew needs "
                    + wanted + "; run Postgres.migrate with an account that may change tables");
        }
    }

    private static int version(Session session, String schema) throws SQLException {
        boolean there = session.first(EXISTS, row -> true, schema).isPresent();
        return there ? session.first(NEWEST, row -> row.getInt(1)).orElse(0) : 0;
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
}
