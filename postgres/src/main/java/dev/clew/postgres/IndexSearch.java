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
                    + " WHERE l.label = ? AND NOT i.temporary";

    /** The place of {@link ThreadActivity#of} in its enum. */
    private static final String ACTIVITY = "CASE WHEN " + REQUESTED + " THEN 1"
            + " WHEN t.id IS NULL OR t.status IN ('IDLE', 'CANCELLED') THEN 0"
            + " WHEN t.status IN ('SLEEPING', 'ANSWERED') OR t.status IN ('RUNNING', 'INTERRUPTED')"
            + " AND " + ThreadRows.GONE + " AND " + ThreadRows.ANSWERS_WAIT + " THEN 1"
            + " WHEN t.status = 'INTERRUPTED' THEN 2"
            + " WHEN t.status = 'RUNNING' AND NOT " + ThreadRows.GONE + " THEN 1"
            + " ELSE 3 END";

    private IndexSearch() {}

    /** Finds one thread. */
    static Sql of(String threadId, StoreTime time) {
        return new Sql().add(SELECT + JOIN, time.argument()).add(" WHERE i.thread_id = ?", threadId);
    }

    static Sql page(ThreadSearch search, StoreTime time) {
        Sql sql = new Sql().add(SELECT, time.argument());
        where(sql, search);
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
        Optional<Set<String>> first =
                labels.stream().filter(anyOf -> anyOf.size() == 1).findFirst();
        if (first.isPresent()) {
            labels.remove(first.get());
            sql.add(BY_LABEL, first.get().iterator().next());
        } else {
            sql.add(JOIN + " WHERE NOT i.temporary");
        }
        for (Set<String> anyOf : labels) {
            sql.add(
                    " AND EXISTS (SELECT FROM {s}.thread_label x WHERE x.thread_id = i.thread_id AND x.label = ANY (?))",
                    Column.texts(List.copyOf(anyOf)));
        }
        if (!search.ids().isEmpty()) {
            sql.add(" AND i.thread_id = ANY (?)", Column.texts(List.copyOf(search.ids())));
        }
        if (!search.activities().isEmpty()) {
            List<Integer> wanted =
                    search.activities().stream().map(ThreadActivity::ordinal).toList();
            sql.add(" AND " + ACTIVITY + " = ANY (?)", Column.ints(wanted));
        }
    }

    private static void order(Sql sql, ThreadSearch search) {
        boolean isByLabel = search.labels().stream().anyMatch(anyOf -> anyOf.size() == 1);
        String from = isByLabel && search.order() == ThreadSearch.Order.CREATED ? "l" : "i";
        String first = switch (search.order()) {
            case CREATED -> from + ".indexed_at";
            case CHANGED -> "greatest(i.altered_at, t.updated_at)";
            case ID -> "";
            case ACTIVITY -> ACTIVITY;
        };
        String direction = search.isDescending() ? " DESC" : "";
        sql.add(" ORDER BY " + (first.isEmpty() ? "" : first + direction + ", ") + from + ".thread_id" + direction);
    }
}
