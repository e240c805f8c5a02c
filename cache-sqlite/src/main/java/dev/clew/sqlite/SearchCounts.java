package dev.clew.sqlite;

import dev.clew.index.SearchStart;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Counts what a search may begin at. */
record SearchCounts(Session session) implements SearchStart.Counts<SQLException> {
    /** Each state as an index of some requests has it. */
    private static final List<String> REQUESTED = List.of(
            "state = 'READY'",
            "state = 'TAKEN'",
            "state = 'WAITING'",
            "state = 'DELAYED' AND due_at IS NOT NULL AND state <> 'READY'");

    /** A query for the ids of threads, each once. UNION would read whole tables in the order of their keys, to merge them. */
    static String ids(SearchStart.Doing doing) {
        return "SELECT DISTINCT doing FROM (SELECT id AS doing FROM thread WHERE status IN " + statuses(doing)
                + requested(doing, " UNION ALL SELECT thread FROM request WHERE ") + ")";
    }

    private static String requested(SearchStart.Doing doing, String each) {
        return doing.isRequested() ? REQUESTED.stream().map(each::concat).collect(Collectors.joining()) : "";
    }

    private static String statuses(SearchStart.Doing doing) {
        return doing.statuses().stream()
                .map(status -> '\'' + status.name() + '\'')
                .sorted()
                .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public int ofLabel(String label) throws SQLException {
        return count("SELECT 1 FROM thread_label WHERE label = ?", label);
    }

    @Override
    public int ofDoing(SearchStart.Doing doing) throws SQLException {
        return count("SELECT 1 FROM thread WHERE status IN " + statuses(doing)
                + requested(doing, " UNION ALL SELECT 1 FROM request WHERE "));
    }

    private int count(String rows, Object... arguments) throws SQLException {
        return session.first(
                        "SELECT count(*) FROM (" + rows + " LIMIT " + (SearchStart.RARE + 1) + ")",
                        row -> row.getInt(1),
                        arguments)
                .orElseThrow();
    }
}
