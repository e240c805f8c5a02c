package dev.clew.store;

import java.util.Arrays;

/** A list of numbers of slots. */
final class Slots {
    private static final int FEWEST = 8;

    private int[] numbers = {};
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(FEWEST, 2 * size));
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    int get(int position) {
        return numbers[position];
    }

    int removeLast() {
        return numbers[--size];
    }

    /** Removes the first of them, and gives these. */
    int[] removeFirst(int count) {
        int[] first = Arrays.copyOf(numbers, count);
        numbers = Arrays.copyOfRange(numbers, count, size);
        size -= count;
        return first;
    }
}
