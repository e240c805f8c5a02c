package dev.clew.sqlite;

import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The queries by which threads are searched. One label, or the moment of creation, is read in the order of its index. */
final class IndexSearch {
    private static final String REQUESTED = "EXISTS (SELECT 1 FROM request q WHERE q.thread = i.thread_id"
            + " AND q.state IN ('DELAYED', 'READY', 'WAITING', 'TAKEN'))";

    private static final String COLUMNS = "SELECT i.*, " + REQUESTED + " AS requested, " + ThreadRows.COLUMNS;

    private static final String JOIN = " FROM thread_info i LEFT JOIN thread ON thread.id = i.thread_id";

    /** By label first: SQLite keeps the order of a CROSS JOIN. */
    private static final String BY_LABEL = " FROM thread_label l CROSS JOIN thread_info i ON i.thread_id = l.thread_id"
            + " LEFT JOIN thread ON thread.id = i.thread_id WHERE l.label = ? AND i.temporary = ?";

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
    private final long now;

    private IndexSearch(ThreadSearch search, Instant now) {
        this.search = search;
        this.now = Moments.stored(now);
    }

    /** Finds one thread. */
    static Sql of(String threadId) {
        return new Sql(COLUMNS + JOIN).add(" WHERE i.thread_id = ?", threadId);
    }

    static Sql page(ThreadSearch search, Instant now) {
        IndexSearch query = new IndexSearch(search, now);
        Sql sql = new Sql(COLUMNS);
        query.where(sql);
        query.after(sql);
        query.order(sql);
        return sql.add(" LIMIT ? OFFSET ?", search.limit(), search.offset());
    }

    static Sql count(ThreadSearch search, long atMost, Instant now) {
        Sql sql = new Sql("SELECT count(*) FROM (SELECT 1");
        new IndexSearch(search, now).where(sql);
        return sql.add(" LIMIT ?)", atMost);
    }

    private void where(Sql sql) {
        List<Set<String>> labels = new ArrayList<>(search.labels());
        Optional<Set<String>> first =
                labels.stream().filter(anyOf -> anyOf.size() == 1).findFirst();
        if (first.isPresent()) {
            labels.remove(first.get());
            sql.add(BY_LABEL, first.get().iterator().next(), search.isTemporary() ? 1 : 0);
        } else {
            // Written as the index has it: SQLite cannot tell whether an argument fits the index.
            sql.add(JOIN + (search.isTemporary() ? " WHERE i.temporary" : " WHERE NOT i.temporary"));
        }
        for (Set<String> anyOf : labels) {
            sql.add(" AND i.thread_id IN (SELECT thread_id FROM thread_label WHERE label IN ")
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

    private String created() {
        return (isByLabel() ? "l" : "i") + ".indexed_at";
    }

    private boolean isByLabel() {
        return search.labels().stream().anyMatch(anyOf -> anyOf.size() == 1);
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
                sql.add(
                        " AND (" + created() + ", " + (isByLabel() ? "l" : "i") + ".thread_id)" + than + "(?, ?)",
                        moment,
                        id);
            case CHANGED -> sql.add(" AND (" + CHANGED + ", i.thread_id)" + than + "(?, ?)", moment, id);
            default -> sql.add(" AND i.thread_id" + than + "?", id);
        }
    }

    private void order(Sql sql) {
        boolean isByLabel = isByLabel();
        String direction = search.isDescending() ? " DESC" : "";
        switch (search.order()) {
            case CREATED -> {
                String from = isByLabel ? "l" : "i";
                sql.add(" ORDER BY " + from + ".indexed_at" + direction + ", " + from + ".thread_id" + direction);
            }
            case CHANGED -> sql.add(" ORDER BY " + CHANGED + direction + ", i.thread_id" + direction);
            case ID -> sql.add(" ORDER BY i.thread_id" + direction);
            case ACTIVITY -> sql.add(" ORDER BY " + ACTIVITY, now, now).add(direction + ", i.thread_id" + direction);
        }
    }
}
