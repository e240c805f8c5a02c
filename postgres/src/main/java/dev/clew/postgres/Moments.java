package dev.clew.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Moments as they are stored: nanoseconds since 1970, so that they compare as numbers and are read back as they were
 * written. What lies outside of the years 1677 to 2262 is stored as the first or last moment of that time.
 */
final class Moments {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Moments() {}

    static long stored(Instant moment) {
        try {
            return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS_PER_SECOND), moment.getNano());
        } catch (ArithmeticException outside) {
            return moment.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static @Nullable Long storedOrNull(@Nullable Instant moment) {
        return moment == null ? null : stored(moment);
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        return moment(row.getLong(column));
    }

    static @Nullable Instant readOrNull(ResultSet row, String column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? null : moment(nanos);
    }

    private static Instant moment(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
