package dev.clew.postgres;

import dev.clew.value.IllegalRequestException;
import java.util.regex.Pattern;

/**
 * How {@link Postgres} uses a database.
 *
 * <pre>{@code
 * var db = Postgres.connect(url, user, password, PostgresOptions.defaults().schema("essays").connections(12));
 * }</pre>
 *
 * @param schema the schema that has the tables: lower-case letters, digits and {@code _}, at most 48 of them
 * @param connections how many connections it takes at most, at least 2: one or two write, one renews leases, the rest read. With
 *     two, the one that renews also reads; from five on, one hears of ready requests where there is a worker
 * @param migrates whether it makes and updates the tables as it connects; if not, {@link Postgres#migrate} must have done it
 * @param unsafe whether a server is accepted that loses or damages committed data when it crashes
 * @param pollsOnly whether nothing depends on a session of the server: no hints are sent or heard, see {@link #pollOnly}
 */
public record PostgresOptions(String schema, int connections, boolean migrates, boolean unsafe, boolean pollsOnly) {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

    public PostgresOptions {
        if (!NAME.matcher(schema).matches() || schema.startsWith("pg_")) {
            throw new IllegalRequestException(
                    "a schema's name has 1 to 48 lower-case letters, digits and '_', begins with none of the digits"
                            + " and not with 'pg_'");
        }
        if (connections < 2) {
            throw new IllegalRequestException("at least 2 connections are needed, not " + connections);
        }
    }

    /** Schema {@code clew}, 8 connections, tables made as needed, unsafe servers refused. */
    public static PostgresOptions defaults() {
        return new PostgresOptions("clew", 8, true, false, false);
    }

    public PostgresOptions schema(String name) {
        return new PostgresOptions(name, connections, migrates, unsafe, pollsOnly);
    }

    public PostgresOptions connections(int most) {
        return new PostgresOptions(schema, most, migrates, unsafe, pollsOnly);
    }

    /** For accounts that may not change tables: run {@link Postgres#migrate} with another one before. */
    public PostgresOptions withoutMigration() {
        return new PostgresOptions(schema, connections, false, unsafe, pollsOnly);
    }

    /** Accepts a server with {@code fsync} or {@code full_page_writes} off: only for data that may be lost. */
    public PostgresOptions allowUnsafe() {
        return new PostgresOptions(schema, connections, migrates, true, pollsOnly);
    }

    /**
     * For PgBouncer in transaction mode: uses nothing that lasts longer than a transaction. Workers find what other processes
     * enqueued when they look, each {@link dev.clew.queue.Worker#pollEvery}. Settings are sent with each transaction.
     */
    public PostgresOptions pollOnly() {
        return new PostgresOptions(schema, connections, migrates, unsafe, true);
    }

    /** Whether a connection is kept for hints of others. */
    boolean listens() {
        return !pollsOnly && connections >= 5;
    }

    /** How many connections write. */
    int writers() {
        return Math.max(1, Math.min(2, connections - 2));
    }
}
