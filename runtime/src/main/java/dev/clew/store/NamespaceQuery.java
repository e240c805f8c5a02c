package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import java.util.List;

/**
 * Lists the namespaces that hold documents.
 *
 * <pre>{@code
 * store.listNamespaces(NamespaceQuery.all().prefix("users", "*").maxDepth(2))
 * }</pre>
 *
 * @param prefix the labels that a namespace begins with; {@code *} stands for any one label
 * @param suffix the labels that it ends with, likewise
 * @param maxDepth how many labels are shown; namespaces that are alike up to there are shown once
 * @param limit how many are listed at most
 * @param offset how many of the first are left out
 */
public record NamespaceQuery(List<String> prefix, List<String> suffix, int maxDepth, int limit, int offset)
        implements StoreRequest<List<Namespace>> {
    private static final int STANDARD_LIMIT = 100;

    public NamespaceQuery {
        prefix = List.copyOf(prefix);
        suffix = List.copyOf(suffix);
        prefix.forEach(Labels::check);
        suffix.forEach(Labels::check);
        if (maxDepth < 1 || limit < 1 || offset < 0) {
            throw new IllegalRequestException(
                    "a list of namespaces needs a maxDepth and a limit of at least 1 and an offset of at"
                            + " least 0, not " + maxDepth + ", " + limit + " and " + offset);
        }
    }

    /** Lists all of them, of which the first 100 are shown. */
    public static NamespaceQuery all() {
        return new NamespaceQuery(List.of(), List.of(), Integer.MAX_VALUE, STANDARD_LIMIT, 0);
    }

    /** Only those that begin with these labels. */
    public NamespaceQuery prefix(String... labels) {
        return new NamespaceQuery(List.of(labels), suffix, maxDepth, limit, offset);
    }

    /** Only those that end with these labels. */
    public NamespaceQuery suffix(String... labels) {
        return new NamespaceQuery(prefix, List.of(labels), maxDepth, limit, offset);
    }

    /** Shows this many labels. */
    public NamespaceQuery maxDepth(int depth) {
        return new NamespaceQuery(prefix, suffix, depth, limit, offset);
    }

    /** Lists at most this many; 100 if not set. */
    public NamespaceQuery limit(int limit) {
        return new NamespaceQuery(prefix, suffix, maxDepth, limit, offset);
    }

    /** Leaves out this many of the first. */
    public NamespaceQuery offset(int offset) {
        return new NamespaceQuery(prefix, suffix, maxDepth, limit, offset);
    }

    /** Whether a namespace begins and ends as asked. */
    public boolean matches(Namespace namespace) {
        List<String> labels = namespace.labels();
        int depth = labels.size();
        return prefix.size() <= depth
                && suffix.size() <= depth
                && alike(prefix, labels.subList(0, prefix.size()))
                && alike(suffix, labels.subList(depth - suffix.size(), depth));
    }

    /** The labels of the prefix before its first {@code *}. */
    List<String> firstLabels() {
        int wildcard = prefix.indexOf(Labels.WILDCARD);
        return wildcard < 0 ? prefix : prefix.subList(0, wildcard);
    }

    private static boolean alike(List<String> pattern, List<String> labels) {
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals(Labels.WILDCARD) && !pattern.get(i).equals(labels.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A namespace up to the depth that is shown. */
    public Namespace shown(Namespace namespace) {
        List<String> labels = namespace.labels();
        return labels.size() <= maxDepth ? namespace : new Namespace(labels.subList(0, maxDepth));
    }
}
