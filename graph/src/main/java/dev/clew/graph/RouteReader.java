package dev.clew.graph;

import dev.clew.annotations.End;
import dev.clew.annotations.To;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@code @To} and {@code @End} say at the cases of a type. */
final class RouteReader {
    private final Class<?> type;
    private final List<RouteSpec.Case> cases = new ArrayList<>();
    private @Nullable String misfit;

    RouteReader(Class<?> type) {
        this.type = type;
    }

    RouteSpec read() {
        collect(type);
        return new RouteSpec(type, cases, misfit);
    }

    private void collect(Class<?> part) {
        if (part.isEnum()) {
            Arrays.stream(part.getEnumConstants()).forEach(this::constant);
        } else if (part.isRecord()) {
            cases.add(caseOf(part, part));
        } else if (part.isSealed()) {
            Arrays.stream(part.getPermittedSubclasses())
                    .sorted(Comparator.comparing(Class::getName))
                    .forEach(this::collect);
        } else {
            misfit = part == type ? "it is open" : "its case '" + part.getSimpleName() + "' is open";
        }
    }

    private void constant(Object constant) {
        Enum<?> value = (Enum<?>) constant;
        try {
            cases.add(caseOf(value, value.getDeclaringClass().getField(value.name())));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("the enum " + type.getName() + " has no field " + value.name(), e);
        }
    }

    private static RouteSpec.Case caseOf(Object key, AnnotatedElement element) {
        To to = element.getAnnotation(To.class);
        return new RouteSpec.Case(
                key, to == null ? List.of() : List.of(to.value()), element.isAnnotationPresent(End.class));
    }
}
