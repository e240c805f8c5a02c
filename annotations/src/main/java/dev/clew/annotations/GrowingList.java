package dev.clew.annotations;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * An unmodifiable list that gives a longer one in time for the new elements only: lists that grew from one another share an
 * array. Only the newest of them appends in place; any other copies.
 */
final class GrowingList<E> extends AbstractList<E> implements RandomAccess {
    /** The elements of all lists that share it; its lock guards {@code used}, and the array up to there never changes. */
    private static final class Shared {
        private final Object[] elements;
        private int used;

        Shared(Object[] elements, int used) {
            this.elements = elements;
            this.used = used;
        }

        /** Appends if the list that asks is the newest and there is room. */
        synchronized boolean append(int size, Object[] added) {
            if (used != size || elements.length - size < added.length) {
                return false;
            }
            System.arraycopy(added, 0, elements, size, added.length);
            used += added.length;
            return true;
        }
    }

    private final Shared shared;
    private final int size;

    private GrowingList(Shared shared, int size) {
        this.shared = shared;
        this.size = size;
    }

    /** The list itself if it can grow, else a copy that can. */
    static <E> GrowingList<E> of(List<E> list) {
        if (list instanceof GrowingList<E> growing) {
            return growing;
        }
        Object[] elements = list.toArray();
        return new GrowingList<>(new Shared(elements, elements.length), elements.length);
    }

    /** The list with these elements at its end. */
    List<E> plus(List<? extends E> more) {
        Object[] added = more.toArray();
        if (added.length == 0) {
            return this;
        }
        int longer = size + added.length;
        if (shared.append(size, added)) {
            return new GrowingList<>(shared, longer);
        }
        Object[] elements = Arrays.copyOf(Arrays.copyOf(shared.elements, size), longer + (longer >> 1));
        System.arraycopy(added, 0, elements, size, added.length);
        return new GrowingList<>(new Shared(elements, longer), longer);
    }

    @Override
    @SuppressWarnings("unchecked") // only elements of this type were put in
    public E get(int index) {
        return (E) shared.elements[Objects.checkIndex(index, size)];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(shared.elements, size, Object[].class);
    }
}
