package dev.clew.index;

import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of the index to list, and in which order. Immutable; every method returns a changed copy. Temporary threads
 * are listed only by a search for them, which lists no others.
 *
 * <pre>{@code
 * index.search(ThreadSearch.all().label(Set.of("owner=\"ann\"")).activity(ThreadActivity.BUSY).limit(50));
 * }</pre>
 *
 * @param labels a thread must have at least one label of each of these sets
 * @param ids only these threads; empty for any
 * @param activities only threads that do one of these; empty for any
 * @param isTemporary whether temporary threads are listed instead of all others
 * @param workflows only threads of these workflows, by their stored names; empty for any
 * @param idPart only threads whose id has this text in it; empty for any
 * @param after only threads that come after this one in the order; null for all. Not if they are ordered by activity
 * @param order by what they are ordered; equal ones by thread id, in the same direction
 * @param isDescending whether the greatest comes first
 * @param offset how many of them to leave out
 * @param limit how many at most
 */
public record ThreadSearch(
        List<Set<String>> labels,
        Set<String> ids,
        Set<ThreadActivity> activities,
        boolean isTemporary,
        Set<String> workflows,
        String idPart,
        @Nullable Place after,
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

    /**
     * A place in the order: that of a thread that was read before.
     *
     * @param moment when it was created or changed, as the order says; not heeded if they are ordered by id
     * @param threadId its id
     */
    public record Place(Instant moment, String threadId) {
        /** The place of a thread that was found. */
        public static Place of(ThreadRow row, Order order) {
            return new Place(
                    order == Order.CHANGED ? row.changedAt() : row.createdAt(),
                    row.info().threadId());
        }
    }

    public ThreadSearch {
        labels = labels.stream().map(Set::copyOf).toList();
        ids = Set.copyOf(ids);
        activities = Set.copyOf(activities);
        workflows = Set.copyOf(workflows);
        if (offset < 0 || limit < 1) {
            throw new IllegalRequestException(
                    "a search lists at least 1 thread from offset 0 on, not " + limit + " from " + offset);
        }
        if (after != null && order == Order.ACTIVITY) {
            throw new IllegalRequestException("threads in the order of what they do have no place to read on from");
        }
    }

    /** The hundred newest threads. */
    public static ThreadSearch all() {
        return new ThreadSearch(List.of(), Set.of(), Set.of(), false, Set.of(), "", null, Order.CREATED, true, 0, 100);
    }

    /** Only threads that have, beside what was asked for before, at least one of these labels. */
    public ThreadSearch label(Set<String> anyOf) {
        List<Set<String>> more = new ArrayList<>(labels);
        more.add(anyOf);
        return new ThreadSearch(
                more, ids, activities, isTemporary, workflows, idPart, after, order, isDescending, offset, limit);
    }

    /** Only these threads. */
    public ThreadSearch ids(Set<String> threadIds) {
        return new ThreadSearch(
                labels,
                threadIds,
                activities,
                isTemporary,
                workflows,
                idPart,
                after,
                order,
                isDescending,
                offset,
                limit);
    }

    /** Only threads that do one of these. */
    public ThreadSearch activity(ThreadActivity... wanted) {
        return new ThreadSearch(
                labels, ids, Set.of(wanted), isTemporary, workflows, idPart, after, order, isDescending, offset, limit);
    }

    /** Temporary threads instead of all others. */
    public ThreadSearch temporary() {
        return new ThreadSearch(
                labels, ids, activities, true, workflows, idPart, after, order, isDescending, offset, limit);
    }

    /** Only threads of these workflows. */
    public ThreadSearch workflow(Set<String> storedNames) {
        return new ThreadSearch(
                labels, ids, activities, isTemporary, storedNames, idPart, after, order, isDescending, offset, limit);
    }

    /** Only threads whose id has this text in it. */
    public ThreadSearch idPart(String text) {
        return new ThreadSearch(
                labels, ids, activities, isTemporary, workflows, text, after, order, isDescending, offset, limit);
    }

    /** Only threads that come after this place in the order, however many come before. */
    public ThreadSearch after(Place place) {
        return new ThreadSearch(
                labels, ids, activities, isTemporary, workflows, idPart, place, order, isDescending, offset, limit);
    }

    /** In this order. */
    public ThreadSearch order(Order by, boolean descending) {
        return new ThreadSearch(
                labels, ids, activities, isTemporary, workflows, idPart, after, by, descending, offset, limit);
    }

    /** So many, after leaving out so many. */
    public ThreadSearch page(int from, int most) {
        return new ThreadSearch(
                labels, ids, activities, isTemporary, workflows, idPart, after, order, isDescending, from, most);
    }

    /** So many at most. */
    public ThreadSearch limit(int most) {
        return page(offset, most);
    }
}
