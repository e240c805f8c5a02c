package dev.clew.postgres;

import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.postgres.Unit.LineChange;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the statement of a batch does with lines: only what most lines need, which have one request or none. All else is decided by
 * the rules of {@link dev.clew.queue.Line}, on rows that are read for it. The statement's message, or its transaction, has the locks of
 * the lines.
 */
final class LineClauses {
    /** How a run ended whose request goes with it; see {@link dev.clew.queue.Line#released}. */
    private static final Set<ThreadStatus> OVER =
            EnumSet.of(ThreadStatus.IDLE, ThreadStatus.FAILED, ThreadStatus.CANCELLED, ThreadStatus.UNDONE);

    /** The request of a run that is over: it goes with the release. */
    private static final String ITS_OWN = "q.id = e.run_id AND q.opened AND q.state = 'TAKEN' AND q.due_at IS NULL"
            + " AND q.owner = e.owner AND e.status IN ("
            + OVER.stream().map(status -> '\'' + status.name() + '\'').collect(Collectors.joining(", ")) + ")";

    /** Whoever adds a request has the lock of the thread's line, which this statement has. */
    static final String LEAVES = " AND (NOT e.leaves OR coalesce((SELECT false FROM {s}.request q"
            + " WHERE q.thread_id = e.id AND (" + ITS_OWN + ") IS NOT TRUE LIMIT 1), true))";

    /** By its place, since a plan that was made while the table was empty might look for a key, or a state, among all rows. */
    static final String LEFT = """
            , lq AS (
                DELETE FROM {s}.request d USING h e CROSS JOIN LATERAL (
                    SELECT q.ctid AS place, q.tableoid AS part,""" + ' ' + ITS_OWN + " AS leaves" + """
                     FROM {s}.request q WHERE q.thread_id = e.id AND q.id = e.run_id OFFSET 0) r
                WHERE d.ctid = r.place AND d.tableoid = r.part AND e.leaves AND r.leaves)""";

    private static final String OPENED = """
            , oq AS (
                UPDATE {s}.request q SET opened = true, due_at = NULL, attempts = 0, deployment = u.deployment
                FROM unnest(?, ?, ?) u(thread_id, id, deployment) CROSS JOIN LATERAL (
                    SELECT r.ctid AS place, r.tableoid AS part FROM {s}.request r
                    WHERE r.thread_id = u.thread_id AND r.id = u.id OFFSET 0) r
                WHERE q.ctid = r.place AND q.tableoid = r.part AND (u.thread_id IN (SELECT id FROM held)) IS TRUE)""";

    private LineClauses() {}

    /** Whether a release with this head ends its run, so that the run's request goes with it. */
    static boolean isOver(@Nullable Head head) {
        return head != null && head.runId() != null && OVER.contains(head.status());
    }

    /** Whether the thread is released, and its line is left or looked at by the statement. */
    static boolean leaves(Unit unit) {
        return unit.line == LineChange.LEAVES;
    }

    /** Opens the requests of threads that were claimed by this batch. */
    static void addOpened(Sql sql, List<Unit> units) {
        List<ClaimRequest> opened = new ArrayList<>();
        for (Unit unit : units) {
            if (unit.opens != null) {
                opened.add(unit.opens);
            }
        }
        List<@Nullable String> requests = new ArrayList<>();
        List<@Nullable String> deployments = new ArrayList<>();
        for (ClaimRequest claim : opened) {
            requests.add(claim.request());
            deployments.add(claim.deployment());
        }
        if (!opened.isEmpty()) {
            sql.add(
                    OPENED,
                    Column.texts(opened.stream().map(ClaimRequest::threadId).toList()),
                    Column.texts(requests),
                    Column.texts(deployments));
        }
    }
}
