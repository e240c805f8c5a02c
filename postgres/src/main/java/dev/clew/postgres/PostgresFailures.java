package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in our words what PostgreSQL reported, and what can be done about it; and what may be tried again. */
final class PostgresFailures {
    /** Deadlock, serialization failure, lock not available: the transaction is rolled back, and may succeed when it is repeated. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03");

    /** The server ended the transaction of a process that had stopped in the middle of it, and the connection. */
    private static final String IDLE_IN_TRANSACTION = "25P03";

    private PostgresFailures() {}

    /** The answer to a commit was lost: what was committed may be stored or not. */
    static final class UnknownCommitException extends SQLException {
        private static final long serialVersionUID = 1L;

        UnknownCommitException(SQLException cause) {
            super("the answer to a commit was lost", cause.getSQLState(), cause);
        }
    }

    static CheckpointException of(String operation, String schema, SQLException cause) {
        return new CheckpointException(
                operation + " failed on PostgreSQL schema '" + schema + "': " + reason(cause), cause);
    }

    static CheckpointException closed(String schema) {
        return new CheckpointException("the connection to PostgreSQL schema '" + schema + "' is closed");
    }

    /** Whether the connection is of no use any more; the statement may have been carried out. */
    static boolean isConnectionLost(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.equals(IDLE_IN_TRANSACTION)
                || failure instanceof UnknownCommitException;
    }

    /** Whether a server that cannot be connected to may be reached a moment later. */
    static boolean mayComeBack(SQLException failure) {
        return isConnectionLost(failure) || state(failure).equals("53300");
    }

    static boolean isConflict(SQLException failure) {
        return CONFLICTS.contains(state(failure));
    }

    /** How often work is done in all that failed like this. A lock has been waited for long before it fails. */
    static int attempts(SQLException failure) {
        if (!isConflict(failure)) {
            return 1;
        }
        return isLockTimeout(failure) ? 2 : 5;
    }

    /** Whether the server has ended the transaction for sure, because the process had stopped in the middle of it. */
    static boolean isRolledBack(SQLException failure) {
        return state(failure).equals(IDLE_IN_TRANSACTION);
    }

    static boolean isLockTimeout(SQLException failure) {
        return state(failure).equals("55P03");
    }

    /** Whether what would be stored is the reason, so that the same without it may succeed. */
    static boolean isData(SQLException failure) {
        String state = state(failure);
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    /** Whether the thread has a request of this id. */
    static boolean isRecorded(SQLException failure) {
        if (!(failure instanceof PSQLException refused)) {
            return false;
        }
        @Nullable ServerErrorMessage message = refused.getServerErrorMessage();
        return message != null && "request_record_id".equals(message.getConstraint());
    }

    private static String state(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    private static String reason(SQLException e) {
        String state = state(e);
        if (e instanceof UnknownCommitException) {
            return "the connection was lost while a transaction was committed, so it may be stored or not; read before"
                    + " you repeat it";
        }
        return switch (state) {
            case "28P01", "28000" -> "the server refuses the user or the password";
            case "3D000" -> "the database does not exist";
            case "42501" -> "the user may not do that; grant it, or run Postgres.migrate as the owner";
            case "3F000", "42P01" -> "the tables are missing; run Postgres.migrate";
            case "40001", "40P01" ->
                "other transactions were in its way each time it was tried; nothing of it is stored, try again";
            case "53100" -> "the server's disk is full; nothing of it is stored, make room and try again";
            case "53200" -> "the server is out of memory; nothing of it is stored, try again";
            case "53300" ->
                "the server has no connection left for this user; raise max_connections or the role's CONNECTION LIMIT, or"
                        + " take fewer by PostgresOptions.connections";
            case "55P03" -> "another session holds the lock of a row for too long; nothing of it is stored, try again";
            case "57014" ->
                "a statement took longer than its timeout, or was cancelled on the server; nothing of it is stored, see what"
                        + " slows the server down, and try again";
            case IDLE_IN_TRANSACTION -> "this process stopped in the middle of a transaction for too long";
            case "25006" -> "the server takes no writes; is it a standby?";
            default ->
                state.startsWith("08") || state.startsWith("57P")
                        ? "the server cannot be reached, or cut the connection"
                        : "SQLSTATE " + state;
        };
    }
}
