package dev.clew.index;

import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which threads of the index to list, and in which order. Immutable; every method returns a changed copy. Temporary threads
 * are never listed.
 *
 * <pre>{@code
 * index.search(ThreadSearch.all().label(Set.of("owner=\"ann\"")).activity(ThreadActivity.BUSY).limit(50));
 * }</pre>
 *
 * @param labels a thread must have at least one label of each of these sets
 * @param ids only these threads; empty for any
 * @param activities only threads that do one of these; empty for any
 * @param order by what they are ordered; equal ones by thread id, in the same direction
 * @param isDescending whether the greatest comes first
 * @param offset how many of them to leave out
 * @param limit how many at most
 */
public record ThreadSearch(
        List<Set<String>> labels,
        Set<String> ids,
        Set<ThreadActivity> activities,
        Order order,
        boolean isDescending,
        int offset,
        int limit) {
    /** By what threads are ordered. */
    public enum Order {
        /** By when they came into the index. */
        CREATED,
        /** By when their metadata or their run's row changed last, whichever is later. */
        CHANGED,
        /** By thread id, in the order of its bytes in UTF-8. */
        ID,
        /** By activity, in the order of that enum. */
        ACTIVITY
    }

    public ThreadSearch {
        labels = labels.stream().map(Set::copyOf).toList();
        ids = Set.copyOf(ids);
        activities = Set.copyOf(activities);
        if (offset < 0 || limit < 1) {
            throw new IllegalRequestException(
                    "a search lists at least 1 thread from offset 0 on, not " + limit + " from " + offset);
        }
    }

    /** The hundred newest threads. */
    public static ThreadSearch all() {
        return new ThreadSearch(List.of(), Set.of(), Set.of(), Order.CREATED, true, 0, 100);
    }

    /** Only threads that have, beside what was asked for before, at least one of these labels. */
    public ThreadSearch label(Set<String> anyOf) {
        List<Set<String>> more = new ArrayList<>(labels);
        more.add(anyOf);
        return new ThreadSearch(more, ids, activities, order, isDescending, offset, limit);
    }

    /** Only these threads. */
    public ThreadSearch ids(Set<String> threadIds) {
        return new ThreadSearch(labels, threadIds, activities, order, isDescending, offset, limit);
    }

    /** Only threads that do one of these. */
    public ThreadSearch activity(ThreadActivity... wanted) {
        return new ThreadSearch(labels, ids, Set.of(wanted), order, isDescending, offset, limit);
    }

    /** In this order. */
    public ThreadSearch order(Order by, boolean descending) {
        return new ThreadSearch(labels, ids, activities, by, descending, offset, limit);
    }

    /** So many, after leaving out so many. */
    public ThreadSearch page(int from, int most) {
        return new ThreadSearch(labels, ids, activities, order, isDescending, from, most);
    }

    /** So many at most. */
    public ThreadSearch limit(int most) {
        return page(offset, most);
    }
}
