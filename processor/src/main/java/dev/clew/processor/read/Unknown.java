package dev.clew.processor.read;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** Collects the types of a graph that the compiler does not know yet. Updates count, too: the round before makes them. */
public final class Unknown {
    private final Set<String> found = new TreeSet<>();

    /** What was collected. */
    public Set<String> found() {
        return Set.copyOf(found);
    }

    /** Looks at a type and its parts. */
    public void type(@Nullable TypeMirror type) {
        if (type == null) {
            return;
        }
        switch (type.getKind()) {
            case ERROR -> found.add(Written.of(type));
            case DECLARED -> ((DeclaredType) type).getTypeArguments().forEach(this::type);
            case ARRAY -> type(((ArrayType) type).getComponentType());
            case WILDCARD -> type(((WildcardType) type).getExtendsBound());
            default -> {}
        }
    }

    /** The classes of failures. For an unknown class in an annotation javac has no type at all, only a text. */
    public void options(Attributes options) {
        for (Attributes retry : options.nested("retry")) {
            Stream.of("retryOn", "retryIf")
                    .flatMap(name -> retry.list(name).stream())
                    .forEach(value -> {
                        if (value.getValue() instanceof TypeMirror type) {
                            type(type);
                        } else {
                            found.add(value.toString());
                        }
                    });
        }
    }
}
