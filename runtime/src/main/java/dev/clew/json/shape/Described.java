package dev.clew.json.shape;

import dev.clew.annotations.Describe;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

/** What annotations say to language models: of types and components. */
final class Described {
    private Described() {}

    /** The text of {@code @Describe}, or empty. */
    static String of(AnnotatedElement element) {
        Describe described = element.getAnnotation(Describe.class);
        return described == null ? "" : described.value();
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
