package dev.clew.index;

import dev.clew.state.ThreadStatus;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where a store with indexes of its own begins a search: what is rare is read as a whole, and put in order; what is not is come by
 * soon if all threads are read in their order. No database knows beforehand which it is, so it is counted, as far as it matters.
 *
 * <pre>{@code
 * SearchStart start = switch (SearchStart.of(search, counts)) {
 *   case SearchStart.Label first -> joinThreads("SELECT thread FROM label WHERE name = ?", first.label());
 *   case SearchStart.Doing doing -> joinThreads("SELECT id FROM thread WHERE status IN " + doing.statuses());
 *   case SearchStart.Order all -> newestThreads();
 * };
 * }</pre>
 */
public sealed interface SearchStart {
    /** So many threads are read as a whole in some milliseconds. Among 1,000 times as many, 20 of them are found about as fast. */
    int RARE = 2_000;

    /** All threads, in the order that is wanted. */
    record Order() implements SearchStart {}

    /**
     * The threads with a label; all else that is searched for has to be asked of each.
     *
     * @param label one that all of them must have
     */
    record Label(String label) implements SearchStart {}

    /**
     * The threads that may do what is wanted; all that is searched for has to be asked of each.
     *
     * @param statuses their stored statuses
     * @param isRequested whether those with requests are among them, whatever their status, and though they never ran
     */
    record Doing(Set<ThreadStatus> statuses, boolean isRequested) implements SearchStart {
        public Doing {
            statuses = Set.copyOf(statuses);
        }

        private static Doing of(Set<ThreadActivity> activities) {
            Set<ThreadStatus> statuses = EnumSet.noneOf(ThreadStatus.class);
            activities.forEach(activity -> statuses.addAll(activity.statuses()));
            return new Doing(statuses, activities.contains(ThreadActivity.BUSY));
        }
    }

    /**
     * How many there are, counted by the store; it may stop when there are more than {@link #RARE}.
     *
     * @param <E> what a broken store throws
     */
    interface Counts<E extends Exception> {
        /** Threads with this label. */
        int ofLabel(String label) throws E;

        /** Threads of these statuses, and, if they are wanted, requests. */
        int ofDoing(Doing doing) throws E;
    }

    /** Where to begin. Nothing is counted if there is no choice. */
    static <E extends Exception> SearchStart of(ThreadSearch search, Counts<E> counts) throws E {
        List<String> labels = search.labels().stream()
                .filter(anyOf -> anyOf.size() == 1)
                .flatMap(Collection::stream)
                .toList();
        // Most threads are idle.
        boolean mayBeFew =
                !search.activities().isEmpty() && !search.activities().contains(ThreadActivity.IDLE);
        SearchStart start = labels.isEmpty() ? new Order() : new Label(labels.get(0));
        if (labels.size() == 1 && !mayBeFew) {
            return start;
        }
        int fewest = RARE + 1;
        for (String label : labels) {
            int count = counts.ofLabel(label);
            if (count < fewest) {
                fewest = count;
                start = new Label(label);
            }
        }
        Doing doing = Doing.of(search.activities());
        return mayBeFew && counts.ofDoing(doing) < fewest ? doing : start;
    }
}
