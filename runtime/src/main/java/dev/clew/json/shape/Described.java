package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

/** What annotations say to language models: of types and components. */
final class Described {
    /** By its name: the annotations are another module, which need not be there. */
    private static final String DESCRIBE = "dev.clew.annotations.Describe";

    private Described() {}

    /** The text of {@code @Describe}, or empty. */
    static String of(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            if (type.getName().equals(DESCRIBE)) {
                try {
                    return (String) type.getMethod("value").invoke(annotation);
                } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
                    throw new Misfit("cannot read @Describe", e);
                }
            }
        }
        return "";
    }

    /** Whether any annotation named {@code Nullable} is on the component, its type, or its accessor. */
    static boolean isNullable(RecordComponent component) {
        return Stream.of(
                        component.getAnnotations(),
                        component.getAnnotatedType().getAnnotations(),
                        component.getAccessor().getAnnotations())
                .flatMap(Stream::of)
                .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
    }
}
