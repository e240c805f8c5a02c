package dev.clew.postgres;

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
            "state = 'DELAYED' AND due_at IS NOT NULL AND state NOT IN ('READY', 'WAITING', 'TAKEN')");

    /** A query for the ids of threads, each once; the statuses are part of the text, so that the index of some is found. */
    static String ids(SearchStart.Doing doing) {
        return "SELECT id AS doing FROM {s}.thread WHERE status IN " + statuses(doing)
                + requested(doing, " UNION SELECT thread_id FROM {s}.request WHERE ");
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
        return count("SELECT 1 FROM {s}.thread_label WHERE label = ?", label);
    }

    @Override
    public int ofDoing(SearchStart.Doing doing) throws SQLException {
        return count("SELECT 1 FROM {s}.thread WHERE status IN " + statuses(doing)
                + requested(doing, " UNION ALL SELECT 1 FROM {s}.request WHERE "));
    }

    private int count(String rows, Object... arguments) throws SQLException {
        return session.first(
                        "SELECT count(*) FROM (" + rows + " LIMIT " + (SearchStart.RARE + 1) + ") few",
                        row -> row.getInt(1),
                        arguments)
                .orElseThrow();
    }
}
