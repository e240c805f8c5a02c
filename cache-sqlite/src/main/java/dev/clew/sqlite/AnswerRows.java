package dev.clew.sqlite;

import dev.clew.checkpoint.RequestTakenException;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.index.RequestRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code answer}: what waits for the owners of threads. */
final class AnswerRows {
    /** Whether answers wait for the head run of the row of {@code thread} that is read. */
    static final String WAIT = "EXISTS (SELECT 1 FROM answer a WHERE a.thread = thread.key AND a.run = thread.run_id)";

    private static final String OWNED = "SELECT key FROM thread WHERE id = ? AND epoch = ? AND owner IS NOT NULL";

    private static final String KNOWN = "SELECT 1 FROM answer WHERE thread = ? AND run = ? AND question = ?";

    private static final String ADD = "INSERT INTO answer (thread, run, question, at, bytes) VALUES (?, ?, ?, ?, ?)";

    private static final String OF_RUN = """
            SELECT a.question, a.bytes
            FROM thread t JOIN answer a ON a.thread = t.key AND a.run = ?2
            WHERE t.id = ?1
            ORDER BY a.key""";

    private static final String TAKE = "DELETE FROM answer WHERE thread = ? AND run = ? AND question = ?";

    private static final String DELETE_OF_RUN = "DELETE FROM answer WHERE thread = ? AND run = ?";

    private static final String ANY = "SELECT 1 FROM answer WHERE thread = ? LIMIT 1";

    private static final String END = """
            DELETE FROM answer
            WHERE thread = ?1 AND (SELECT status FROM thread WHERE key = ?1) IN ('IDLE', 'CANCELLED', 'UNDONE')""";

    private static final String DUE = "UPDATE thread SET wake_at = ?2"
            + " WHERE key = ?1 AND status IN ('INTERRUPTED', 'SLEEPING') AND (wake_at IS NULL OR wake_at > ?2) AND "
            + WAIT;

    private AnswerRows() {}

    /** Adds all, or none if the thread is not owned under this epoch or an answer waits for one of the questions. */
    static boolean add(
            Session session,
            String threadId,
            long epoch,
            List<WaitingAnswer> answers,
            @Nullable RequestRecord request,
            Instant now)
            throws SQLException {
        Optional<Long> thread = session.first(OWNED, row -> row.getLong(1), threadId, epoch);
        if (thread.isPresent() && request != null && RecordRows.isKnown(session, request)) {
            throw new RequestTakenException(threadId, request.requestId());
        }
        long questions = answers.stream()
                .map(answer -> List.of(answer.runId(), answer.question()))
                .distinct()
                .count();
        if (thread.isEmpty() || questions < answers.size()) {
            return false;
        }
        for (WaitingAnswer answer : answers) {
            if (session.first(KNOWN, row -> row.getInt(1), thread.get(), answer.runId(), answer.question())
                    .isPresent()) {
                return false;
            }
        }
        for (WaitingAnswer answer : answers) {
            session.update(ADD, thread.get(), answer.runId(), answer.question(), Moments.stored(now), answer.bytes());
        }
        RecordRows.add(session, request, now);
        return true;
    }

    static List<WaitingAnswer> ofRun(Session session, String threadId, String runId) throws SQLException {
        return session.all(
                OF_RUN, row -> new WaitingAnswer(runId, row.getString(1), RunRows.bytes(row, 2)), threadId, runId);
    }

    static void take(Session session, long thread, String runId, List<String> questions) throws SQLException {
        for (String question : questions) {
            session.update(TAKE, thread, runId, question);
        }
    }

    static void deleteOfRun(Session session, long thread, String runId) throws SQLException {
        session.update(DELETE_OF_RUN, thread, runId);
    }

    /** The thread was released: what is over takes no answers, and what rests with some is due at once. */
    static void released(Session session, long thread, Instant now) throws SQLException {
        if (session.first(ANY, row -> true, thread).isPresent()) {
            session.update(END, thread);
            session.update(DUE, thread, Moments.stored(now));
        }
    }
}
