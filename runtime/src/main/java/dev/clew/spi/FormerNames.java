package dev.clew.spi;

import dev.clew.value.IllegalRequestException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the former names of a task or a workflow. */
final class FormerNames {
    private FormerNames() {}

    /** The names, if each is new and not blank. */
    static List<String> checked(String kind, String present, String... names) {
        Set<String> seen = new HashSet<>(Set.of(present));
        for (String name : names) {
            if (name.isBlank() || !seen.add(name)) {
                throw new IllegalRequestException("the former name '" + name + "' of " + kind + " '" + present + "' "
                        + (name.isBlank() ? "is blank" : "is there already") + "; remove it");
            }
        }
        return List.of(names);
    }
}
