package dev.clew.testing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a lab has against the code that it ran, each thing once. Thread-safe. */
final class Findings {
    private final Set<String> all = new LinkedHashSet<>();

    synchronized void add(String finding) {
        all.add(finding);
    }

    synchronized List<String> all() {
        return new ArrayList<>(all);
    }

    /** Fails the test with everything that was found. */
    void throwIfAny(String when) {
        List<String> found = all();
        if (!found.isEmpty()) {
            throw new AssertionError(when + ":\n\n- " + String.join("\n\n- ", found) + "\n");
        }
    }
}
