package dev.clew;

import org.jspecify.annotations.Nullable;

/** Finds the name of a deployment that was given none. */
final class Deployment {
    private static final int LONGEST = 200;

    private Deployment() {}

    /** The version of the jar that a class is from; null if it has none, or none that can be a name. */
    static @Nullable String ofJar(Class<?> type) {
        Package home = type.getPackage();
        String version = home == null ? null : home.getImplementationVersion();
        boolean fits = version != null
                && !version.isBlank()
                && version.length() <= LONGEST
                && version.chars().noneMatch(Character::isISOControl);
        return fits ? version : null;
    }
}
