package dev.clew.processor.lint;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.Diagnostic;

/** What becomes of alarms: the value of {@code -Aclew.lint}. */
public enum LintMode {
    /** The default: a build that lets no warning through fails. */
    WARN(Diagnostic.Kind.WARNING),
    /** Said, but never in the way. */
    NOTE(Diagnostic.Kind.NOTE),
    ERROR(Diagnostic.Kind.ERROR),
    OFF(Diagnostic.Kind.OTHER);

    /** The name of the option. */
    public static final String OPTION = "clew.lint";

    /** What the option may be. */
    public static final String CHOICE = "warn, note, error or off";

    private final Diagnostic.Kind kind;

    LintMode(Diagnostic.Kind kind) {
        this.kind = kind;
    }

    /** The mode that an option names; none if it names none. */
    public static Optional<LintMode> of(String option) {
        return Stream.of(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(option))
                .findFirst();
    }

    Diagnostic.Kind kind() {
        return kind;
    }
}
