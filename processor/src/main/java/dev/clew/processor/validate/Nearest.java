package dev.clew.processor.validate;

import java.util.Collection;

/** Finds the name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** A question about the nearest of these names; empty if none is near. */
    public static String hint(String name, Collection<String> names) {
        return dev.clew.graph.topology.Nearest.of(name, names)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }
}
