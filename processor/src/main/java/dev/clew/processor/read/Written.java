package dev.clew.processor.read;

import java.util.regex.Pattern;
import javax.lang.model.type.TypeMirror;

/** The name of a type that the compiler does not know, as the user wrote it. */
public final class Written {
    /** With its arguments, which may hold texts. */
    private static final Pattern ANNOTATION =
            Pattern.compile("@[\\w.$]+\\s*(\\((\"(\\\\.|[^\"])*\"|[^\")])*\\))?,?\\s*");

    private Written() {}

    /** Without annotations: JDK 25 writes {@code .@Nullable Draft}, others {@code @Nullable Draft}. */
    public static String of(TypeMirror type) {
        return ANNOTATION.matcher(type.toString()).replaceAll("").replaceFirst("^[.\\s]+", "");
    }
}
