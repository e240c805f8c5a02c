package dev.clew.store;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** The order of texts by their Unicode code points, which databases know, too; that of Java differs beyond 16 bits. */
final class CodePoints {
    static final Comparator<String> ORDER = CodePoints::compare;

    private CodePoints() {}

    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean sameSide = Character.isSurrogate(a) == Character.isSurrogate(b);
                return sameSide ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** By the first text that differs; a beginning comes before what it begins. */
    static int compare(List<String> one, List<String> other) {
        Iterator<String> others = other.iterator();
        for (String text : one) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = compare(text, others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
