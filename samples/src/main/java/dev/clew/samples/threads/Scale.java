package dev.clew.samples.threads;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where moments lie on a line from 0 to 100. Between two events that follow each other the line is as long as the
 * logarithm of the time: work of milliseconds can be seen beside an answer that took days.
 */
final class Scale {
    /** A stretch in which nothing happened, much longer than most. */
    record Gap(double from, double to, Duration length) {}

    /** A moment that deserves a label. */
    record Tick(double at, Instant moment) {}

    private static final Duration LONG = Duration.ofSeconds(5);
    private static final double TICKS_APART = 17;

    private final TreeMap<Instant, Double> places = new TreeMap<>();

    Scale(Collection<Instant> moments) {
        List<Instant> events = new ArrayList<>(new TreeSet<>(moments));
        double length = 0;
        for (int i = 0; i < events.size(); i++) {
            length += i == 0 ? 0 : stretch(events.get(i - 1), events.get(i));
            places.put(events.get(i), length);
        }
        double whole = length == 0 ? 1 : length;
        places.replaceAll((moment, place) -> 100 * place / whole);
    }

    private static double stretch(Instant from, Instant to) {
        return Math.log1p(Duration.between(from, to).toNanos() / 1e6) + 0.05;
    }

    /** The place of a moment; one that is not among the events lies where the newest event before it does. */
    double place(Instant moment) {
        var before = places.floorEntry(moment);
        return before == null ? 0 : before.getValue();
    }

    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        Instant previous = null;
        for (Instant moment : places.keySet()) {
            if (previous != null) {
                Duration length = Duration.between(previous, moment);
                if (length.compareTo(LONG) > 0) {
                    gaps.add(new Gap(place(previous), place(moment), length));
                }
            }
            previous = moment;
        }
        return gaps;
    }

    /** Events with room for a label each. */
    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        places.forEach((moment, place) -> {
            if (place <= 100 - TICKS_APART / 2
                    && (ticks.isEmpty() || place - ticks.get(ticks.size() - 1).at() >= TICKS_APART)) {
                ticks.add(new Tick(place, moment));
            }
        });
        return ticks;
    }
}
