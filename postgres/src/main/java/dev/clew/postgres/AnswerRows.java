package dev.clew.postgres;

import dev.clew.checkpoint.RequestTakenException;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.index.RequestRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds and reads rows of {@code answer}: what waits for the owners of threads. */
final class AnswerRows {
    private static final String OWNED =
            "SELECT 1 FROM {s}.thread WHERE id = ? AND epoch = ? AND owner IS NOT NULL FOR NO KEY UPDATE";

    private static final String KNOWN = """
            SELECT 1
            FROM unnest(?, ?) e(run_id, question)
            CROSS JOIN LATERAL (
                SELECT 1 FROM {s}.answer a WHERE a.thread_id = ? AND a.run_id = e.run_id AND a.question = e.question) a
            LIMIT 1""";

    private static final String ADD = "WITH " + StoreTime.NOW + """
            , p AS MATERIALIZED (SELECT coalesce(max(place), 0) AS last FROM {s}.answer WHERE thread_id = ?)
            INSERT INTO {s}.answer (thread_id, run_id, question, place, at, bytes)
            SELECT ?, e.run_id, e.question, p.last + e.place, n.now, e.bytes
            FROM unnest(?, ?, ?) WITH ORDINALITY e(run_id, question, bytes, place) CROSS JOIN n CROSS JOIN p""";

    private static final String OF_RUN =
            "SELECT question, bytes FROM {s}.answer WHERE thread_id = ? AND run_id = ? ORDER BY place";

    private AnswerRows() {}

    /**
     * Adds all, or none if the thread is not owned under this epoch or an answer waits for one of the questions. Under the lock
     * of the thread, so that a write that releases it comes before or after.
     */
    static boolean add(
            Session session,
            String threadId,
            long epoch,
            List<WaitingAnswer> answers,
            @Nullable RequestRecord request,
            StoreTime time)
            throws SQLException {
        List<String> runs = new ArrayList<>();
        List<String> questions = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        for (WaitingAnswer answer : answers) {
            runs.add(answer.runId());
            questions.add(answer.question());
            bytes.add(answer.bytes());
        }
        long different = answers.stream()
                .map(answer -> List.of(answer.runId(), answer.question()))
                .distinct()
                .count();
        if (different < answers.size()) {
            return false;
        }
        return session.transaction(locked -> {
            if (locked.first(OWNED, row -> 1, threadId, epoch).isEmpty()) {
                return false;
            }
            if (request != null && RecordRows.isKnown(locked, request)) {
                throw new RequestTakenException(threadId, request.requestId());
            }
            if (locked.first(KNOWN, row -> 1, Column.texts(runs), Column.texts(questions), threadId)
                    .isPresent()) {
                return false;
            }
            locked.update(
                    ADD,
                    time.argument(),
                    threadId,
                    threadId,
                    Column.texts(runs),
                    Column.texts(questions),
                    Column.bytes(bytes));
            if (request != null) {
                RecordRows.require(locked, request, time);
            }
            return true;
        });
    }

    static List<WaitingAnswer> ofRun(Session session, String threadId, String runId) throws SQLException {
        return session.all(
                OF_RUN,
                row -> new WaitingAnswer(runId, Texts.read(row.getString("question")), row.getBytes("bytes")),
                threadId,
                runId);
    }
}
