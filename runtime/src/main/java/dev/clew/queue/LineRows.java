package dev.clew.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The rows of a line, the oldest first, and which of them have changed. Not thread-safe. */
final class LineRows {
    private static final Comparator<RequestRow> ORDER = Comparator.comparing(RequestRow::enqueuedAt)
            .thenComparing(row -> row.request().requestId());

    private final List<RequestRow> rows;
    private final Set<String> touched = new LinkedHashSet<>();

    LineRows(Collection<RequestRow> read) {
        this.rows = new ArrayList<>(read);
        sort();
    }

    List<RequestRow> all() {
        return List.copyOf(rows);
    }

    List<RequestRow> changed() {
        return rows.stream().filter(row -> touched.contains(id(row))).toList();
    }

    List<String> removed() {
        return touched.stream().filter(id -> find(id).isEmpty()).toList();
    }

    Optional<RequestRow> find(String requestId) {
        return rows.stream().filter(row -> id(row).equals(requestId)).findFirst();
    }

    void add(RequestRow row) {
        rows.add(row);
        touched.add(id(row));
    }

    void change(String requestId, UnaryOperator<RequestRow> change) {
        rows.replaceAll(row -> id(row).equals(requestId) ? change.apply(row) : row);
        touched.add(requestId);
    }

    void remove(String requestId) {
        rows.removeIf(row -> id(row).equals(requestId));
        touched.add(requestId);
    }

    void sort() {
        rows.sort(ORDER);
    }

    /** A place behind all others, now or a moment later. */
    Instant place(Instant now) {
        return rows.stream()
                .filter(row -> row.state() != RequestState.DELAYED)
                .map(RequestRow::enqueuedAt)
                .max(Comparator.naturalOrder())
                .filter(last -> !last.isBefore(now))
                .map(last -> last.plusNanos(1))
                .orElse(now);
    }

    private static String id(RequestRow row) {
        return row.request().requestId();
    }
}
