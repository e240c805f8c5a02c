package dev.clew.store;

import java.util.List;

/**
 * Where documents live: labels from the general to the special, as folders are.
 *
 * <p>A label is not empty, contains neither {@code '.'} nor control characters, and is well-formed Unicode; the first one
 * is neither {@code clew} nor {@code langgraph}. Two namespaces are equal when their labels are, and are ordered label by
 * label, by code points.
 *
 * <pre>{@code
 * Namespace notes = Namespace.of("users", userId, "notes");
 * store.put(notes, "rain", new Note("bring an umbrella"));
 * }</pre>
 *
 * @param labels one at least
 */
public record Namespace(List<String> labels) implements Comparable<Namespace> {
    /** @throws InvalidNamespaceException if there is no label, or one may not be one */
    public Namespace {
        labels = List.copyOf(labels);
        Labels.checkNamespace(labels);
    }

    /** The namespace of these labels. */
    public static Namespace of(String... labels) {
        return new Namespace(List.of(labels));
    }

    /** The namespace that {@link #toString} shows. */
    public static Namespace parse(String text) {
        return of(text.split("\\.", -1));
    }

    /** This namespace with one more label. */
    public Namespace child(String label) {
        String[] longer = labels.toArray(new String[labels.size() + 1]);
        longer[labels.size()] = label;
        return of(longer);
    }

    /** Whether this is the other namespace, or below it. Labels are compared whole. */
    public boolean startsWith(Namespace other) {
        int depth = other.labels.size();
        return labels.size() >= depth && labels.subList(0, depth).equals(other.labels);
    }

    @Override
    public int compareTo(Namespace other) {
        return CodePoints.compare(labels, other.labels);
    }

    /** The labels with {@code '.'} between them; no two namespaces look alike. */
    @Override
    public String toString() {
        return String.join(".", labels);
    }
}
