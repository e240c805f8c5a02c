package dev.clew.postgres;

import dev.clew.index.SearchStart;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The queries by which threads are searched. A label, or the moment of creation, is read in the order of its index. */
final class IndexSearch {
    /** EXISTS might read the whole table and hash it. */
    private static final String REQUESTED = "coalesce((SELECT true FROM {s}.request q WHERE q.thread_id = i.thread_id"
            + " AND q.state IN ('DELAYED', 'READY', 'WAITING', 'TAKEN') LIMIT 1), false)";

    private static final String SELECT =
            "WITH " + StoreTime.NOW + " SELECT i.*, " + REQUESTED + " AS requested, " + ThreadRows.COLUMNS;

    private static final String THREAD = " LEFT JOIN {s}.thread t ON t.id = i.thread_id";

    private static final String JOIN = " FROM {s}.thread_info i" + THREAD;

    /** Each by its key: a plan that was made while the table was empty might read the index of another order, or all of a label. */
    private static final String INFO =
            " CROSS JOIN LATERAL (SELECT o.* FROM {s}.thread_info o WHERE o.thread_id = {id} OFFSET 0) i" + THREAD;

    private static final String BY_LABEL =
            " FROM {s}.thread_label l" + INFO.replace("{id}", "l.thread_id") + " WHERE l.label = ?";

    private static final String HAS_LABEL =
            " AND coalesce((SELECT true FROM {s}.thread_label x WHERE x.label = ANY (?) AND x.indexed_at = i.indexed_at"
                    + " AND x.thread_id = i.thread_id LIMIT 1), false)";

    /** The place of {@link ThreadActivity#of} in its enum. */
    private static final String ACTIVITY = "CASE WHEN " + REQUESTED + " THEN 1"
            + " WHEN t.id IS NULL OR t.status IN ('IDLE', 'CANCELLED', 'UNDONE') THEN 0"
            + " WHEN t.status IN ('SLEEPING', 'ANSWERED') OR t.status IN ('RUNNING', 'UNDOING', 'INTERRUPTED')"
            + " AND " + ThreadRows.GONE + " AND " + ThreadRows.ANSWERS_WAIT + " THEN 1"
            + " WHEN t.status = 'INTERRUPTED' THEN 2"
            + " WHEN t.status IN ('RUNNING', 'UNDOING') AND NOT " + ThreadRows.GONE + " THEN 1"
            + " ELSE 3 END";

    private final ThreadSearch search;
    private final SearchStart start;

    private IndexSearch(ThreadSearch search, SearchStart start) {
        this.search = search;
        this.start = start;
    }

    /** Finds one thread. */
    static Sql of(String threadId, StoreTime time) {
        return new Sql().add(SELECT + JOIN, time.argument()).add(" WHERE i.thread_id = ?", threadId);
    }

    static Sql page(ThreadSearch search, SearchStart start, StoreTime time) {
        IndexSearch query = new IndexSearch(search, start);
        Sql sql = new Sql().add(SELECT, time.argument());
        query.where(sql);
        query.after(sql);
        query.order(sql);
        return sql.add(" LIMIT ? OFFSET ?", search.limit(), search.offset());
    }

    static Sql count(ThreadSearch search, SearchStart start, long atMost, StoreTime time) {
        Sql sql = new Sql().add("WITH " + StoreTime.NOW + " SELECT count(*) AS found FROM (SELECT 1", time.argument());
        new IndexSearch(search, start).where(sql);
        return sql.add(" LIMIT ?) f", atMost);
    }

    private void where(Sql sql) {
        List<Set<String>> labels = new ArrayList<>(search.labels());
        String temporary = search.isTemporary() ? "i.temporary" : "NOT i.temporary";
        if (start instanceof SearchStart.Label first) {
            labels.remove(Set.of(first.label()));
            sql.add(BY_LABEL, first.label()).add(" AND " + temporary);
        } else if (start instanceof SearchStart.Doing doing) {
            sql.add(" FROM (" + SearchCounts.ids(doing) + ") d" + INFO.replace("{id}", "d.doing") + " WHERE "
                    + temporary);
        } else {
            sql.add(JOIN + " WHERE " + temporary);
        }
        for (Set<String> anyOf : labels) {
            sql.add(HAS_LABEL, Column.texts(List.copyOf(anyOf)));
        }
        if (!search.ids().isEmpty()) {
            sql.add(" AND i.thread_id = ANY (?)", Column.texts(List.copyOf(search.ids())));
        }
        if (!search.idPart().isEmpty()) {
            sql.add(" AND strpos(i.thread_id, ?) > 0", search.idPart());
        }
        if (!search.workflows().isEmpty()) {
            sql.add(
                    " AND coalesce(t.workflow, i.meant_workflow) = ANY (?)",
                    Column.texts(List.copyOf(search.workflows())));
        }
        if (!search.activities().isEmpty()) {
            List<Integer> wanted =
                    search.activities().stream().map(ThreadActivity::ordinal).toList();
            sql.add(" AND " + ACTIVITY + " = ANY (?)", Column.ints(wanted));
        }
    }

    /** The table whose index has the order. */
    private String from() {
        return start instanceof SearchStart.Label && search.order() == ThreadSearch.Order.CREATED ? "l" : "i";
    }

    /** What is compared before the id; empty for nothing. */
    private String first() {
        return switch (search.order()) {
            case CREATED -> from() + ".indexed_at";
            case CHANGED -> "greatest(i.altered_at, t.updated_at)";
            case ID -> "";
            case ACTIVITY -> ACTIVITY;
        };
    }

    private void after(Sql sql) {
        ThreadSearch.Place place = search.after();
        if (place == null) {
            return;
        }
        String than = search.isDescending() ? " < " : " > ";
        String id = from() + ".thread_id";
        if (search.order() == ThreadSearch.Order.ID) {
            sql.add(" AND " + id + than + "?", place.threadId());
        } else {
            sql.add(
                    " AND (" + first() + ", " + id + ")" + than + "(?, ?)",
                    Moments.stored(place.moment()),
                    place.threadId());
        }
    }

    private void order(Sql sql) {
        String first = first();
        String direction = search.isDescending() ? " DESC" : "";
        sql.add(" ORDER BY " + (first.isEmpty() ? "" : first + direction + ", ") + from() + ".thread_id" + direction);
    }
}
