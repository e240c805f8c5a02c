package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says in our words what SQLite reported, and what can be done about it. */
final class SqliteFailures {
    private SqliteFailures() {}

    static CheckpointException of(String operation, Path file, SQLException cause) {
        return new CheckpointException(operation + " failed on '" + file + "': " + reason(cause), cause);
    }

    static CheckpointException closed(Path file) {
        return new CheckpointException("database '" + file + "' is closed");
    }

    /** Whether a statement was refused for what it would store, with the transaction around it still whole. */
    static boolean isConstraint(SQLException failure) {
        return is(failure, SQLiteErrorCode.SQLITE_CONSTRAINT);
    }

    static boolean isBusy(SQLException failure) {
        return is(failure, SQLiteErrorCode.SQLITE_BUSY);
    }

    private static String reason(SQLException e) {
        if (isBusy(e)) {
            return "another process or connection holds the file's lock for too long; try again";
        }
        if (is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
            return "the file is not an SQLite database; give another path";
        }
        if (is(e, SQLiteErrorCode.SQLITE_CORRUPT)) {
            return "the file is damaged; restore it from a backup";
        }
        if (is(e, SQLiteErrorCode.SQLITE_FULL)) {
            return "the disk is full";
        }
        if (is(e, SQLiteErrorCode.SQLITE_READONLY)) {
            return "the file or its directory cannot be written";
        }
        if (is(e, SQLiteErrorCode.SQLITE_CANTOPEN)) {
            return "the file cannot be opened; does its directory exist, and may it be written?";
        }
        return String.valueOf(e.getMessage());
    }

    private static boolean is(SQLException e, SQLiteErrorCode primary) {
        return (e.getErrorCode() & 0xff) == primary.code;
    }
}
