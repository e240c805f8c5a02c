package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits for the writer. Its outcome is decided when it is applied, and told when its group is committed:
 * {@link #result} completes at the very end.
 */
final class Request<T> {
    /** What is to be done, inside the group's transaction; gives null if T is Void. */
    @FunctionalInterface
    interface Change<T> {
        @Nullable
        T apply(Session session) throws SQLException;
    }

    private final Change<T> change;
    private final Kind kind;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private @Nullable T value;

    private @Nullable CheckpointException refusal;

    Request(Kind kind, Change<T> change) {
        this.kind = kind;
        this.change = change;
    }

    /**
     * How a request is to be treated.
     *
     * @param claim the claim it is a write of: once one of its writes failed, all later ones do
     * @param durable whether it must survive power loss
     * @param urgent whether it overtakes those that wait
     * @param steps how many statements change rows; a single one is atomic by itself
     * @param bytes about how much memory it holds while it waits
     */
    record Kind(@Nullable Claim claim, boolean durable, boolean urgent, int steps, long bytes) {
        static Kind writeOf(Claim claim, boolean durable, int steps, long bytes) {
            return new Kind(claim, durable, false, steps, bytes);
        }

        /** Whether a caller waits for it; of a claim's writes only for those that must survive power loss. */
        boolean isAwaited() {
            return claim == null || durable;
        }

        /** A change that survives power loss, of several steps. */
        static Kind durable(long bytes) {
            return new Kind(null, true, false, 2, bytes);
        }

        /** A change that may be lost with the power, of this many steps. */
        static Kind undurable(int steps, long bytes) {
            return new Kind(null, false, false, steps, bytes);
        }

        /** A small change that must not wait behind writes. */
        static Kind overtaking(int steps) {
            return new Kind(null, false, true, steps, 0);
        }

        /** One of those that survives power loss. */
        static Kind overtakingDurably() {
            return new Kind(null, true, true, 1, 0);
        }
    }

    Kind kind() {
        return kind;
    }

    CompletableFuture<T> result() {
        return result;
    }

    void apply(Session session) throws SQLException {
        value = change.apply(session);
    }

    void refuse(CheckpointException reason) {
        refusal = reason;
    }

    /** Tells the outcome; the group is committed. */
    @SuppressWarnings("NullAway") // null is the only value of Void
    void committed() {
        if (refusal == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(refusal);
        }
    }

    /** The group is not committed: fails, for its own reason if it has one. */
    void abandoned(Function<Request<?>, CheckpointException> reason) {
        result.completeExceptionally(refusal == null ? reason.apply(this) : refusal);
    }
}
