package dev.clew.postgres;

import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The queries by which threads are searched. One label, or the moment of creation, is read in the order of its index. */
final class IndexSearch {
    private static final String REQUESTED = "EXISTS (SELECT FROM {s}.request q WHERE q.thread_id = i.thread_id"
            + " AND q.state IN ('DELAYED', 'READY', 'WAITING', 'TAKEN'))";

    private static final String SELECT =
            "WITH " + StoreTime.NOW + " SELECT i.*, " + REQUESTED + " AS requested, " + ThreadRows.COLUMNS;

    private static final String THREAD = " LEFT JOIN {s}.thread t ON t.id = i.thread_id";

    private static final String JOIN = " FROM {s}.thread_info i" + THREAD;

    private static final String BY_LABEL =
            " FROM {s}.thread_label l JOIN {s}.thread_info i ON i.thread_id = l.thread_id" + THREAD
                    + " WHERE l.label = ?";

    /** The place of {@link ThreadActivity#of} in its enum. */
    private static final String ACTIVITY = "CASE WHEN " + REQUESTED + " THEN 1"
            + " WHEN t.id IS NULL OR t.status IN ('IDLE', 'CANCELLED', 'UNDONE') THEN 0"
            + " WHEN t.status IN ('SLEEPING', 'ANSWERED') OR t.status IN ('RUNNING', 'UNDOING', 'INTERRUPTED')"
            + " AND " + ThreadRows.GONE + " AND " + ThreadRows.ANSWERS_WAIT + " THEN 1"
            + " WHEN t.status = 'INTERRUPTED' THEN 2"
            + " WHEN t.status IN ('RUNNING', 'UNDOING') AND NOT " + ThreadRows.GONE + " THEN 1"
            + " ELSE 3 END";

    private IndexSearch() {}

    /** Finds one thread. */
    static Sql of(String threadId, StoreTime time) {
        return new Sql().add(SELECT + JOIN, time.argument()).add(" WHERE i.thread_id = ?", threadId);
    }

    static Sql page(ThreadSearch search, StoreTime time) {
        Sql sql = new Sql().add(SELECT, time.argument());
        where(sql, search);
        after(sql, search);
        order(sql, search);
        return sql.add(" LIMIT ? OFFSET ?", search.limit(), search.offset());
    }

    static Sql count(ThreadSearch search, long atMost, StoreTime time) {
        Sql sql = new Sql().add("WITH " + StoreTime.NOW + " SELECT count(*) AS found FROM (SELECT 1", time.argument());
        where(sql, search);
        return sql.add(" LIMIT ?) f", atMost);
    }

    private static void where(Sql sql, ThreadSearch search) {
        List<Set<String>> labels = new ArrayList<>(search.labels());
        String temporary = search.isTemporary() ? "i.temporary" : "NOT i.temporary";
        Optional<Set<String>> first =
                labels.stream().filter(anyOf -> anyOf.size() == 1).findFirst();
        if (first.isPresent()) {
            labels.remove(first.get());
            sql.add(BY_LABEL, first.get().iterator().next()).add(" AND " + temporary);
        } else {
            sql.add(JOIN + " WHERE " + temporary);
        }
        for (Set<String> anyOf : labels) {
            sql.add(
                    " AND EXISTS (SELECT FROM {s}.thread_label x WHERE x.thread_id = i.thread_id AND x.label = ANY (?))",
                    Column.texts(List.copyOf(anyOf)));
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
    private static String from(ThreadSearch search) {
        boolean isByLabel = search.labels().stream().anyMatch(anyOf -> anyOf.size() == 1);
        return isByLabel && search.order() == ThreadSearch.Order.CREATED ? "l" : "i";
    }

    /** What is compared before the id; empty for nothing. */
    private static String first(ThreadSearch search) {
        return switch (search.order()) {
            case CREATED -> from(search) + ".indexed_at";
            case CHANGED -> "greatest(i.altered_at, t.updated_at)";
            case ID -> "";
            case ACTIVITY -> ACTIVITY;
        };
    }

    private static void after(Sql sql, ThreadSearch search) {
        ThreadSearch.Place place = search.after();
        if (place == null) {
            return;
        }
        String than = search.isDescending() ? " < " : " > ";
        String id = from(search) + ".thread_id";
        if (search.order() == ThreadSearch.Order.ID) {
            sql.add(" AND " + id + than + "?", place.threadId());
        } else {
            sql.add(
                    " AND (" + first(search) + ", " + id + ")" + than + "(?, ?)",
                    Moments.stored(place.moment()),
                    place.threadId());
        }
    }

    private static void order(Sql sql, ThreadSearch search) {
        String first = first(search);
        String direction = search.isDescending() ? " DESC" : "";
        sql.add(" ORDER BY " + (first.isEmpty() ? "" : first + direction + ", ") + from(search) + ".thread_id"
                + direction);
    }
}
