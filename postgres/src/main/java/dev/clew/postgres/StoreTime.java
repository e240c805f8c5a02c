package dev.clew.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What "now" is in a statement: the server's clock. The contract suites step one of their own, which statements get as an
 * argument; it is null in production.
 */
record StoreTime(@Nullable Clock stepped) {
    /** A common table expression {@code n} with {@code now}; its argument is {@link #argument}. */
    static final String NOW = "n AS MATERIALIZED (SELECT coalesce(?::bigint, {s}.now_ns()) AS now)";

    @Nullable
    Long argument() {
        return stepped == null ? null : Moments.stored(stepped.instant());
    }

    /** Nanoseconds of a clock that only serves to measure how long something took. */
    long elapsed() {
        return stepped == null ? System.nanoTime() : Moments.stored(stepped.instant());
    }

    Instant read(Session session) throws SQLException {
        return stepped != null
                ? stepped.instant()
                : session.first("SELECT {s}.now_ns() AS now", row -> Moments.read(row, "now"))
                        .orElseThrow();
    }
}
