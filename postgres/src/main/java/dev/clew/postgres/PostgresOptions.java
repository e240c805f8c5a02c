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
 *     two, the one that renews also reads
 * @param migrates whether it makes and updates the tables as it connects; if not, {@link Postgres#migrate} must have done it
 * @param unsafe whether a server is accepted that loses or damages committed data when it crashes
 */
public record PostgresOptions(String schema, int connections, boolean migrates, boolean unsafe) {
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
        return new PostgresOptions("clew", 8, true, false);
    }

    public PostgresOptions schema(String name) {
        return new PostgresOptions(name, connections, migrates, unsafe);
    }

    public PostgresOptions connections(int most) {
        return new PostgresOptions(schema, most, migrates, unsafe);
    }

    /** For accounts that may not change tables: run {@link Postgres#migrate} with another one before. */
    public PostgresOptions withoutMigration() {
        return new PostgresOptions(schema, connections, false, unsafe);
    }

    /** Accepts a server with {@code fsync} or {@code full_page_writes} off: only for data that may be lost. */
    public PostgresOptions allowUnsafe() {
        return new PostgresOptions(schema, connections, migrates, true);
    }

    /** How many connections write. */
    int writers() {
        return Math.max(1, Math.min(2, connections - 2));
    }
}
