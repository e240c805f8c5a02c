package dev.clew.store;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the best of all that it is offered. Confined to one call. */
final class Ranking {
    /** Ranks after every score. */
    static final float UNSCORED = Float.NEGATIVE_INFINITY;

    private final int most;
    private final PriorityQueue<Ranked> worstFirst = new PriorityQueue<>((one, other) -> -order(one, other));
    private float bar = UNSCORED;

    Ranking(int most) {
        this.most = most;
    }

    /** @param score {@link #UNSCORED} for none */
    record Ranked(Indexed document, float score) {}

    int most() {
        return most;
    }

    boolean isFull() {
        return worstFirst.size() >= most;
    }

    /** What has a lower score is not wanted. */
    float bar() {
        return bar;
    }

    /** Whether an offer would change anything. */
    boolean wants(Indexed document, float score) {
        if (!isFull()) {
            return true;
        }
        Ranked worst = worstFirst.element();
        return score > worst.score()
                || (score == worst.score() && Indexed.NEWEST_FIRST.compare(document, worst.document()) < 0);
    }

    void offer(Indexed document, float score) {
        if (!wants(document, score)) {
            return;
        }
        if (isFull()) {
            worstFirst.remove();
        }
        worstFirst.add(new Ranked(document, score));
        if (isFull()) {
            bar = worstFirst.element().score();
        }
    }

    /** The best first, without this many of them. */
    List<Ranked> from(int offset) {
        List<Ranked> best = new ArrayList<>(worstFirst);
        best.sort(Ranking::order);
        return best.subList(Math.min(offset, best.size()), best.size());
    }

    private static int order(Ranked one, Ranked other) {
        int byScore = Float.compare(other.score(), one.score());
        return byScore != 0 ? byScore : Indexed.NEWEST_FIRST.compare(one.document(), other.document());
    }
}
