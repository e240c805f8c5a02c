package dev.clew.processor.validate;

import dev.clew.processor.read.Location;
import java.util.Locale;

/** A rule with a code, which never changes its meaning. Whoever breaks it reads the code, what is wrong, and what to do. */
public interface CodedRule {
    /** What it says. */
    Text text();

    /** Whether what breaks it is an error, which it is if nothing else is said. */
    default Finding.Severity severity() {
        return Finding.Severity.ERROR;
    }

    /** The code. */
    default String code() {
        String number = Integer.toString(text().number());
        return "CLEW" + "0".repeat(3 - number.length()) + number; // asked for often: a formatter would cost more
    }

    /** The code, what is wrong with the details filled in, and on a line of its own what to do. */
    default String message(Object... details) {
        return code() + ": " + String.format(Locale.ROOT, text().problem(), details) + "\n  fix: "
                + String.format(Locale.ROOT, text().fix(), details);
    }

    /** What breaks the rule at this place. */
    default Finding at(Location location, Object... details) {
        return new Finding(code(), location, message(details), severity());
    }

    /**
     * What a rule says.
     *
     * @param number the number in its code
     * @param problem what is wrong, with places for details
     * @param fix what to do, with places for details
     */
    record Text(int number, String problem, String fix) {}
}
