package dev.clew.processor.state;

import dev.clew.processor.read.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * A component of a state as the user wrote it.
 *
 * @param element the component
 * @param type its type
 * @param isNullable whether it may be null
 * @param formerly the names that it had before
 * @param reductions its annotations that name reducers, each with the reducer that fits, if one does
 */
public record ComponentDeclaration(
        RecordComponentElement element,
        TypeMirror type,
        boolean isNullable,
        List<String> formerly,
        List<Reduction> reductions) {
    public String name() {
        return element.getSimpleName().toString();
    }

    /** How it folds what is written; empty where it keeps its last value. */
    public Optional<Reduction> reduction() {
        return reductions.stream().findFirst();
    }

    /** The place of the component: compilers know no place of a component itself, but of its field. */
    public Location here() {
        return ElementFilter.fieldsIn(
                        Objects.requireNonNull(element.getEnclosingElement()).getEnclosedElements())
                .stream()
                .filter(field -> field.getSimpleName().equals(element.getSimpleName()))
                .findFirst()
                .map(Location::of)
                .orElseGet(() -> Location.of(element));
    }
}
