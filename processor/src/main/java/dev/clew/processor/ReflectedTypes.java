package dev.clew.processor;

import dev.clew.annotations.Context;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.StepDeclaration;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Collects the types that the codec meets, by binary name: those in signatures, and what they are made of. */
final class ReflectedTypes {
    private final Elements elements;
    private final Set<String> names;

    ReflectedTypes(Elements elements, Set<String> names) {
        this.elements = elements;
        this.names = names;
    }

    void ofStep(Element step) {
        ExecutableElement method = (ExecutableElement) step;
        add(method.getReturnType());
        for (VariableElement parameter : method.getParameters()) {
            if (Attributes.of(parameter, Context.class).isEmpty()) {
                add(parameter.asType());
            }
        }
        for (VariableElement field :
                ElementFilter.fieldsIn(StepDeclaration.owner(method).getEnclosedElements())) {
            if (DeclarationReader.is(field.asType(), "dev.clew.interrupt.InterruptKey")) {
                add(field.asType());
            }
        }
    }

    private void add(@Nullable TypeMirror type) {
        if (type instanceof ArrayType array) {
            add(array.getComponentType());
        } else if (type instanceof WildcardType wildcard) {
            add(wildcard.getExtendsBound());
        } else if (type instanceof DeclaredType declared && type.getKind() == TypeKind.DECLARED) {
            declared.getTypeArguments().forEach(this::add);
            value((TypeElement) declared.asElement());
        }
    }

    /** Types of the JDK and of Clew are none that a user's image must be told of. */
    private void value(TypeElement type) {
        String name = elements.getBinaryName(type).toString();
        boolean isForeign = name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("dev.clew.");
        if (isForeign || !names.add(name)) {
            return;
        }
        add(type.getSuperclass());
        type.getPermittedSubclasses().forEach(this::add);
        ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
                .forEach(field -> add(field.asType()));
    }
}
