package dev.clew.processor.state;

import dev.clew.annotations.Formerly;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.Unresolved;
import dev.clew.processor.validate.Visibility;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what the user wrote on a record with {@code @State}. Judges nothing. */
public final class StateReader {
    private final Elements elements;
    private final Types types;
    private final Known known;

    public StateReader(Elements elements, Types types, Known known) {
        this.elements = elements;
        this.types = types;
        this.known = known;
    }

    public StateDeclaration read(TypeElement state) {
        ReducerSearch reducers = new ReducerSearch(elements, types, new Visibility(elements, state));
        List<ComponentDeclaration> components = state.getRecordComponents().stream()
                .map(component -> read(component, reducers))
                .toList();
        return new StateDeclaration(
                state,
                components,
                new Unresolved(known)
                        .among(components.stream()
                                .map(ComponentDeclaration::type)
                                .toList()));
    }

    private static ComponentDeclaration read(RecordComponentElement component, ReducerSearch reducers) {
        return new ComponentDeclaration(
                component,
                component.asType(),
                isNullable(component),
                Attributes.of(component, Formerly.class)
                        .map(formerly -> formerly.texts("value"))
                        .orElse(List.of()),
                reducers.on(component));
    }

    /** By any annotation of that name, on the type or on the component. */
    private static boolean isNullable(RecordComponentElement component) {
        // To the compiler of Eclipse a component in a source has no accessor.
        @Nullable ExecutableElement accessor = component.getAccessor();
        return Stream.of(
                        component.getAnnotationMirrors(),
                        component.asType().getAnnotationMirrors(),
                        accessor == null
                                ? List.<AnnotationMirror>of()
                                : accessor.getReturnType().getAnnotationMirrors())
                .flatMap(List::stream)
                .map(AnnotationMirror::getAnnotationType)
                .anyMatch(each -> each.asElement().getSimpleName().contentEquals("Nullable"));
    }
}
