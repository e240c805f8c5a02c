package dev.clew.samples.expenses;

import java.util.Locale;

/** Money, in whole cents: a double cannot hold ten cents. */
public record Euros(int cents) {
    Euros plus(Euros other) {
        return new Euros(Math.addExact(cents, other.cents));
    }

    boolean isMoreThan(Euros other) {
        return cents > other.cents;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d.%02d euros", cents / 100, cents % 100);
    }
}
