package dev.clew.processor.read;

import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Knows which exceptions must be declared. */
public final class Exceptions {
    private final Elements elements;
    private final Types types;

    public Exceptions(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** The first checked exception that a method declares. */
    public Optional<TypeMirror> checked(ExecutableElement method) {
        return method.getThrownTypes().stream()
                .filter(this::isChecked)
                .<TypeMirror>map(thrown -> thrown)
                .findFirst();
    }

    private boolean isChecked(TypeMirror thrown) {
        return thrown.getKind() != TypeKind.ERROR
                && Stream.of(RuntimeException.class, Error.class)
                        .map(type -> elements.getTypeElement(type.getName()))
                        .map(TypeElement::asType)
                        .noneMatch(unchecked -> types.isSubtype(thrown, unchecked));
    }
}
