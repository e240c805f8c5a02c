package dev.clew.processor.validate;

import dev.clew.processor.read.Location;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Something that the user should know or mend.
 *
 * @param rule which rule says so
 * @param location where
 * @param message what is wrong and what to do
 * @param isWarning whether it may be right with a codec of the user's, so that nothing stands in the way
 */
public record Finding(Rule rule, Location location, String message, boolean isWarning) {
    /**
     * A note if the compiler has an error of its own at the same place: one mistake is one error. It has none of what is
     * reported at a class in place of a method in another file.
     */
    Diagnostic.Kind kind() {
        if (isWarning) {
            return Diagnostic.Kind.WARNING;
        }
        boolean isSaid = rule == Rule.TYPE_UNRESOLVED && !(location.element() instanceof TypeElement);
        return isError() && !isSaid ? Diagnostic.Kind.ERROR : Diagnostic.Kind.NOTE;
    }

    /** Whether what was found cannot be run; else it only wants to be known. */
    boolean isError() {
        return rule.isError() && !isWarning;
    }
}
