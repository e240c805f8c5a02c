package dev.clew.sqlite;

import dev.clew.index.SearchStart;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The queries by which threads are searched. A label, or the moment of creation, is read in the order of its index. */
final class IndexSearch {
    private static final String REQUESTED = "EXISTS (SELECT 1 FROM request q WHERE q.thread = i.thread_id"
            + " AND q.state IN ('DELAYED', 'READY', 'WAITING', 'TAKEN'))";

    private static final String COLUMNS = "SELECT i.*, " + REQUESTED + " AS requested, " + ThreadRows.COLUMNS;

    private static final String THREAD = " LEFT JOIN thread ON thread.id = i.thread_id";

    private static final String JOIN = " FROM thread_info i" + THREAD;

    /** By label first: SQLite keeps the order of a CROSS JOIN. */
    private static final String BY_LABEL = " FROM thread_label l CROSS JOIN thread_info i ON i.thread_id = l.thread_id"
            + THREAD + " WHERE l.label = ? AND i.temporary = ?";

    /** The place of {@link ThreadActivity#of} in its enum. */
    private static final String ACTIVITY = "CASE WHEN " + REQUESTED + " THEN 1"
            + " WHEN thread.id IS NULL OR thread.status IN ('IDLE', 'CANCELLED', 'UNDONE') THEN 0"
            + " WHEN thread.status IN ('SLEEPING', 'ANSWERED') OR thread.status IN ('RUNNING', 'UNDOING', 'INTERRUPTED')"
            + " AND NOT coalesce(thread.owned_until > ?, 0) AND " + AnswerRows.WAIT + " THEN 1"
            + " WHEN thread.status = 'INTERRUPTED' THEN 2"
            + " WHEN thread.status IN ('RUNNING', 'UNDOING') AND thread.owned_until > ? THEN 1"
            + " ELSE 3 END";

    private static final String CHANGED = "max(i.altered_at, coalesce(thread.updated_at, 0))";

    private final ThreadSearch search;
    private final SearchStart start;
    private final long now;

    private IndexSearch(ThreadSearch search, SearchStart start, Instant now) {
        this.search = search;
        this.start = start;
        this.now = Moments.stored(now);
    }

    /** Finds one thread. */
    static Sql of(String threadId) {
        return new Sql(COLUMNS + JOIN).add(" WHERE i.thread_id = ?", threadId);
    }

    static Sql page(ThreadSearch search, SearchStart start, Instant now) {
        IndexSearch query = new IndexSearch(search, start, now);
        Sql sql = new Sql(COLUMNS);
        query.where(sql);
        query.after(sql);
        query.order(sql);
        return sql.add(" LIMIT ? OFFSET ?", search.limit(), search.offset());
    }

    static Sql count(ThreadSearch search, SearchStart start, long atMost, Instant now) {
        Sql sql = new Sql("SELECT count(*) FROM (SELECT 1");
        new IndexSearch(search, start, now).where(sql);
        return sql.add(" LIMIT ?)", atMost);
    }

    private void where(Sql sql) {
        List<Set<String>> labels = new ArrayList<>(search.labels());
        if (start instanceof SearchStart.Label first) {
            labels.remove(Set.of(first.label()));
            sql.add(BY_LABEL, first.label(), search.isTemporary() ? 1 : 0);
        } else {
            String from = start instanceof SearchStart.Doing doing
                    ? " FROM (" + SearchCounts.ids(doing) + ") d CROSS JOIN thread_info i ON i.thread_id = d.doing"
                            + THREAD
                    : JOIN;
            // Written as the index has it: SQLite cannot tell whether an argument fits the index.
            sql.add(from + (search.isTemporary() ? " WHERE i.temporary" : " WHERE NOT i.temporary"));
        }
        for (Set<String> anyOf : labels) {
            sql.add(" AND EXISTS (SELECT 1 FROM thread_label m WHERE m.thread_id = i.thread_id AND m.label IN ")
                    .addList(anyOf)
                    .add(")");
        }
        if (!search.ids().isEmpty()) {
            sql.add(" AND i.thread_id IN ").addList(search.ids());
        }
        if (!search.idPart().isEmpty()) {
            sql.add(" AND instr(i.thread_id, ?) > 0", search.idPart());
        }
        if (!search.workflows().isEmpty()) {
            sql.add(" AND coalesce(thread.workflow, i.meant_workflow) IN ").addList(search.workflows());
        }
        if (!search.activities().isEmpty()) {
            sql.add(" AND " + ACTIVITY, now, now).add(" IN (");
            String separator = "";
            for (ThreadActivity activity : search.activities()) {
                sql.add(separator + rank(activity));
                separator = ", ";
            }
            sql.add(")");
        }
    }

    /** As {@link #ACTIVITY} numbers them. */
    private static int rank(ThreadActivity activity) {
        return List.of(ThreadActivity.values()).indexOf(activity);
    }

    /** The table whose index has the order of creation. */
    private String from() {
        return start instanceof SearchStart.Label ? "l" : "i";
    }

    private void after(Sql sql) {
        ThreadSearch.Place place = search.after();
        if (place == null) {
            return;
        }
        String than = search.isDescending() ? " < " : " > ";
        String id = place.threadId();
        long moment = Moments.stored(place.moment());
        switch (search.order()) {
            case CREATED ->
                sql.add(" AND (" + from() + ".indexed_at, " + from() + ".thread_id)" + than + "(?, ?)", moment, id);
            case CHANGED -> sql.add(" AND (" + CHANGED + ", i.thread_id)" + than + "(?, ?)", moment, id);
            default -> sql.add(" AND i.thread_id" + than + "?", id);
        }
    }

    private void order(Sql sql) {
        String direction = search.isDescending() ? " DESC" : "";
        switch (search.order()) {
            case CREATED ->
                sql.add(" ORDER BY " + from() + ".indexed_at" + direction + ", " + from() + ".thread_id" + direction);
            case CHANGED -> sql.add(" ORDER BY " + CHANGED + direction + ", i.thread_id" + direction);
            case ID -> sql.add(" ORDER BY i.thread_id" + direction);
            case ACTIVITY -> sql.add(" ORDER BY " + ACTIVITY, now, now).add(direction + ", i.thread_id" + direction);
        }
    }
}
