package dev.clew.processor.validate;

import dev.clew.processor.read.Location;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Something that the user should know or mend.
 *
 * @param code the code of the rule that says so
 * @param location where
 * @param message what is wrong and what to do
 * @param severity whether it stands in the way
 */
public record Finding(String code, Location location, String message, Severity severity) {
    /** What becomes of code with such a finding. */
    public enum Severity {
        /** It cannot be run. */
        ERROR,
        /** It may be right with a codec of the user's, so that nothing stands in the way. */
        WARNING,
        /** It only wants to be known. */
        NOTE
    }

    /**
     * A note if the compiler has an error of its own at the same place: one mistake is one error. It has none of what is
     * reported at a class in place of a method in another file.
     */
    Diagnostic.Kind kind() {
        if (severity == Severity.WARNING) {
            return Diagnostic.Kind.WARNING;
        }
        boolean isSaid = code.equals(Rule.TYPE_UNRESOLVED.code()) && !(location.element() instanceof TypeElement);
        return isError() && !isSaid ? Diagnostic.Kind.ERROR : Diagnostic.Kind.NOTE;
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }
}
