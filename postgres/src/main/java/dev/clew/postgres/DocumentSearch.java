package dev.clew.postgres;

import dev.clew.store.Namespace;
import dev.clew.store.ShelfRow;
import dev.clew.store.ShelfSearch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Searches documents, and lists their namespaces. Each is one statement, so it sees one state. */
final class DocumentSearch {
    private static final int MOST_AT_ONCE = 500;

    /**
     * A namespace with this behind it is after all namespaces below it, and before all others: no label has a character that is
     * before the separator, or between the two.
     */
    private static final String BELOW = Character.toString((char) (DocumentRows.SEPARATOR.charAt(0) + 1));

    /** Is after every namespace that fits. */
    private static final String END =
            Character.toString(Character.MAX_CODE_POINT).repeat(300);

    private static final String ALIVE = "(d.expires_at IS NULL OR d.expires_at > ?)";

    /** From each namespace to the next one, by the index: their documents are not read. */
    private static final String NAMESPACES = """
            WITH RECURSIVE n AS (
                (SELECT d.namespace FROM {s}.document d WHERE d.namespace >= ? AND d.namespace < ? AND ALIVE
                 ORDER BY d.namespace LIMIT 1)
                UNION ALL
                SELECT (SELECT d.namespace FROM {s}.document d WHERE d.namespace > n.namespace AND d.namespace < ? AND ALIVE
                        ORDER BY d.namespace LIMIT 1)
                FROM n WHERE n.namespace IS NOT NULL)
            SELECT n.namespace FROM n WHERE n.namespace IS NOT NULL""".replace("ALIVE", ALIVE);

    private DocumentSearch() {}

    static void search(Session session, ShelfSearch search, Predicate<ShelfRow> reader) throws SQLException {
        Sql sql = new Sql()
                .add(
                        "SELECT " + DocumentRows.COLUMNS + " FROM {s}.document d WHERE " + ALIVE,
                        Moments.stored(search.now()));
        if (search.prefix() != null) {
            String prefix = DocumentRows.stored(search.prefix());
            sql.add(" AND d.namespace >= ? AND d.namespace < ?", prefix, prefix + BELOW);
        }
        DocumentConditions.add(sql, search.conditions());
        sql.add(" ORDER BY d.updated_at DESC, d.namespace, d.name");
        if (search.conditions().isEmpty()) {
            sql.add(" LIMIT ?", search.wanted());
        }
        DocumentRows.Namespaces namespaces = new DocumentRows.Namespaces();
        sql.each(
                Math.max(10, Math.min(MOST_AT_ONCE, search.wanted())),
                session,
                row -> reader.test(DocumentRows.read(row, namespaces.of(row))));
    }

    static void namespaces(Session session, List<String> prefix, Instant now, Predicate<Namespace> reader)
            throws SQLException {
        String from = String.join(DocumentRows.SEPARATOR, prefix);
        String end = prefix.isEmpty() ? END : from + BELOW;
        long moment = Moments.stored(now);
        session.each(
                MOST_AT_ONCE,
                NAMESPACES,
                row -> reader.test(DocumentRows.namespace(row.getString(1))),
                from,
                end,
                moment,
                end,
                moment);
    }
}
