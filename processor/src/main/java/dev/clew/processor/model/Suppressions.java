package dev.clew.processor.model;

import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.StepDeclaration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Finds the warnings that types of the user's would cause in generated code, where nobody can mend them. */
public final class Suppressions {
    private final Elements elements;
    private final Set<String> found = new TreeSet<>();

    /** For one class of the user's. */
    public Suppressions(Elements elements) {
        this.elements = elements;
    }

    List<String> of(FlowDeclaration flow) {
        element(flow.type());
        flow.steps().forEach(this::step);
        return List.copyOf(found);
    }

    /** The warnings that a class, and these types in it, would cause. */
    public List<String> of(TypeElement type, List<TypeMirror> types) {
        element(type);
        types.forEach(this::type);
        return List.copyOf(found);
    }

    private void step(StepDeclaration step) {
        ExecutableElement method = step.method();
        element(method);
        type(method.getReturnType());
        method.getParameters().forEach(parameter -> type(parameter.asType()));
        step.parameters().forEach(parameter -> type(parameter.type()));
        type(step.result().value());
        for (Attributes retry : step.options().nested("retry")) {
            retry.list("retryOn").forEach(value -> type(value.getValue()));
            retry.list("retryIf").forEach(value -> type(value.getValue()));
        }
        if (step.result().awaited()
                && ((DeclaredType) method.getReturnType()).getTypeArguments().isEmpty()) {
            found.add("unchecked");
        }
        if (step.varargs().filter(last -> isGenericArray(last.type())).isPresent()) {
            found.add("unchecked");
        }
    }

    private static boolean isGenericArray(TypeMirror type) {
        return type instanceof ArrayType array
                && array.getComponentType() instanceof DeclaredType component
                && !component.getTypeArguments().isEmpty();
    }

    private void type(@Nullable Object value) {
        if (value instanceof ArrayType array) {
            type(array.getComponentType());
        } else if (value instanceof WildcardType wildcard) {
            type(wildcard.getExtendsBound());
            type(wildcard.getSuperBound());
        } else if (value instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element) {
            element(element);
            if (declared.getTypeArguments().isEmpty()
                    && !element.getTypeParameters().isEmpty()) {
                found.add("rawtypes");
            }
            declared.getTypeArguments().forEach(this::type);
        }
    }

    /** A warning about an outer class is one about the classes in it too. */
    private void element(Element element) {
        if (elements.isDeprecated(element)) {
            Deprecated mark = element.getAnnotation(Deprecated.class);
            found.add(mark != null && mark.forRemoval() ? "removal" : "deprecation");
        }
        if (element.getEnclosingElement() instanceof TypeElement outer) {
            element(outer);
        }
    }
}
