package dev.clew.graph;

import dev.clew.graph.topology.Nearest;
import java.util.Collection;

/** Words for messages. */
final class Names {
    private Names() {}

    static String capitalized(String name) {
        int first = name.offsetByCodePoints(0, 1);
        return name.substring(0, first).toUpperCase(java.util.Locale.ROOT) + name.substring(first);
    }

    /** A question about the nearest name, or nothing if none is near. */
    static String didYouMean(String name, Collection<String> known) {
        return Nearest.of(name, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }
}
