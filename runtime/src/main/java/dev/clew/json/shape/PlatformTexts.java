package dev.clew.json.shape;

import dev.clew.json.form.Form;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Refusals;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shape.Text;
import dev.clew.json.form.Texts;
import dev.clew.json.shape.ScalarShape.Json;
import java.io.File;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Types of the JDK that are one text, where Jackson's text says less than the value. Users' modules may claim them. */
public final class PlatformTexts {
    private static final Shape PATH = shape(
            Path.class,
            Scalars.verified(Path.class, PlatformTexts::text, PlatformTexts::path),
            path -> path.toUri().toString());
    private static final Shape FILE =
            shape(File.class, Scalars.verified(File.class, File::getPath, File::new), File::getAbsolutePath);
    private static final Shape PATTERN = shape(
            Pattern.class, Scalars.text(Pattern.class, PlatformTexts::text, Pattern::compile), PlatformTexts::text);

    private PlatformTexts() {}

    /** The shape of a type, else null. */
    public static @Nullable Shape of(Class<?> type) {
        if (type == File.class) {
            return FILE;
        }
        if (type == Pattern.class) {
            return PATTERN;
        }
        return Path.class.isAssignableFrom(type) && (type == Path.class || Refusals.isPlatform(type)) ? PATH : null;
    }

    /** @param former the text of a value in digests of earlier releases */
    private static <T> Shape shape(Class<T> type, Text<T> text, Function<T, String> former) {
        Json<T> now = Scalars.json(text, value -> false);
        Json<T> json = new Json<>(
                (value, sink) -> {
                    if (sink.form() == Form.FORMER) {
                        Texts.write(former.apply(value), sink.gen());
                    } else {
                        now.writer().accept(value, sink);
                    }
                },
                now.reader(),
                now.isEmpty());
        return new ScalarShape<>(type, Schemas.type("string"), "", text, json);
    }

    /**
     * A relative path is its own text, so that it does not depend on the working directory. An absolute one is a URI
     * without the slash at the end that {@link Path#toUri} adds if there is such a directory just now.
     */
    private static String text(Path path) {
        if (!path.isAbsolute()) {
            return path.toString();
        }
        String uri = path.toUri().toString();
        return path.getNameCount() > 0 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    /** A text with a scheme is a URI; what else looks like one is refused when it is written. */
    private static Path path(String text) {
        boolean uri = text.startsWith("file:") || text.contains("://") || text.startsWith("jar:");
        return uri ? Path.of(URI.create(text)) : FileSystems.getDefault().getPath(text);
    }

    private static String text(Pattern pattern) {
        if (Pattern.compile(pattern.pattern()).flags() != pattern.flags()) {
            throw new Misfit("a Pattern with flags, which are not stored; write them into its text, such as (?i)");
        }
        return pattern.pattern();
    }
}
