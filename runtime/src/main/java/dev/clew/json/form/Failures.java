package dev.clew.json.form;

import dev.clew.value.CodecException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Turns what went wrong into a {@link CodecException} with the path and without the value.
 *
 * <p>Jackson's own messages quote what they read, so they and the exceptions that carry them are dropped, except where
 * they speak of limits and classes only.
 */
public final class Failures {
    private static final int LONGEST_NAME = 64;

    /** It names switches of Jackson, which are not ours to offer. */
    private static final Pattern ADVICE_OF_JACKSON = Pattern.compile(" \\(to avoid exception.*");

    private Failures() {}

    /**
     * What callers of the codec see of a failure.
     *
     * @param action what was tried, such as {@code cannot decode java.util.List}
     */
    public static CodecException translate(String action, String root, RuntimeException failure) {
        if (failure instanceof JacksonException e) {
            return new CodecException(action + ": " + reason(e), root + path(e.getPath()), causeOf(e));
        }
        return new CodecException(action + ": " + failure.getClass().getName(), root, failure);
    }

    public static String reason(JacksonException e) {
        if (e instanceof Misfit misfit) {
            return misfit.reason();
        }
        if (e instanceof StreamConstraintsException) {
            return firstLine(e.getOriginalMessage());
        }
        if (e instanceof InvalidDefinitionException) {
            return ADVICE_OF_JACKSON.matcher(firstLine(e.getOriginalMessage())).replaceFirst("")
                    + " (use a record, or give it public accessors)";
        }
        if (e instanceof StreamReadException) {
            return "not well-formed JSON";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "not a " + mismatch.getTargetType().getName();
        }
        Throwable cause = e.getCause();
        return (cause == null ? e : cause).getClass().getName();
    }

    /** What users' own accessors and constructors threw; never what a parser says about the text it read. */
    private static @Nullable Throwable causeOf(JacksonException e) {
        return e instanceof Misfit ? e.getCause() : null;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            String name = reference.getPropertyName();
            if (name == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else if (isPlain(name)) {
                path.append('.').append(name);
            } else {
                path.append("['").append(shortened(name)).append("']");
            }
        }
        return path.toString();
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && Character.isJavaIdentifierStart(name.charAt(0))
                && name.chars().allMatch(Character::isJavaIdentifierPart);
    }

    private static String shortened(String name) {
        String text = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return text.replace("\\", "\\\\").replace("'", "\\'").replaceAll("\\p{Cntrl}", "?");
    }
}
