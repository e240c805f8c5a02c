package dev.clew.processor.validate;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who stores values: the value of {@code -Aclew.values}. */
public enum ValuesMode {
    /** The default: {@code JsonCodec.standard()}. What it refuses when a graph is built is said while compiling. */
    STANDARD,
    /** A codec of the user's, or Jackson modules: which types it stores the compiler cannot know. */
    CODEC;

    /** The name of the option. */
    public static final String OPTION = "clew.values";

    /** What the option may be. */
    public static final String CHOICE = "standard or codec";

    /** The mode that an option names; none if it names none. */
    public static Optional<ValuesMode> of(String option) {
        return Stream.of(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(option))
                .findFirst();
    }
}
