package dev.clew.processor.read;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Finds types in signatures that the compiler does not know: another processor may make them in this round. They hide in
 * type arguments, arrays and bounds: a {@code List<Unknown>} itself is known.
 */
public final class Unresolved {
    private final Known known;
    private final Set<String> found = new TreeSet<>();

    /** For what is not known, except what is or will be generated here. */
    public Unresolved(Known known) {
        this.known = known;
    }

    /** The unknown types among these. */
    public Set<String> among(List<TypeMirror> types) {
        types.forEach(this::collect);
        return Set.copyOf(found);
    }

    Set<String> in(TypeElement flow, List<StepDeclaration> steps) {
        collect(flow.getSuperclass());
        for (StepDeclaration step : steps) {
            collect(step.method().getReturnType());
            step.method().getParameters().forEach(parameter -> collect(parameter.asType()));
            step.options().nested("retry").forEach(this::retry);
        }
        return Set.copyOf(found);
    }

    /** For an unknown class in an annotation javac has no type at all, only a text. */
    private void retry(Attributes retry) {
        Stream.of("retryOn", "retryIf")
                .flatMap(name -> retry.list(name).stream())
                .forEach(value -> {
                    if (value.getValue() instanceof TypeMirror type) {
                        collect(type);
                    } else {
                        found.add(value.toString());
                    }
                });
    }

    private void collect(@Nullable TypeMirror type) {
        if (type == null) {
            return;
        }
        switch (type.getKind()) {
            case ERROR -> {
                String written = Written.of(type);
                if (!known.isGenerated(written)) {
                    found.add(written);
                }
            }
            case DECLARED -> ((DeclaredType) type).getTypeArguments().forEach(this::collect);
            case ARRAY -> collect(((ArrayType) type).getComponentType());
            case WILDCARD -> {
                collect(((WildcardType) type).getExtendsBound());
                collect(((WildcardType) type).getSuperBound());
            }
            default -> {}
        }
    }
}
