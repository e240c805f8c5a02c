package dev.clew.processor.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds the type arguments of a generic class with which one of its types is a given type. */
final class Unification {
    private final Types types;
    private final TypeElement generic;
    private final Map<String, TypeMirror> bound = new HashMap<>();

    private Unification(Types types, TypeElement generic) {
        this.types = types;
        this.generic = generic;
    }

    /** The class with the arguments with which the pattern is the actual type, or null. */
    static @Nullable DeclaredType infer(Types types, TypeElement generic, TypeMirror pattern, TypeMirror actual) {
        Unification unification = new Unification(types, generic);
        return unification.fits(pattern, actual) ? unification.made() : null;
    }

    private @Nullable DeclaredType made() {
        List<TypeMirror> arguments = new ArrayList<>();
        for (var parameter : generic.getTypeParameters()) {
            TypeMirror argument = bound.get(parameter.getSimpleName().toString());
            if (argument == null
                    || !parameter.getBounds().stream()
                            .allMatch(each -> types.isSubtype(argument, types.erasure(each)))) {
                return null;
            }
            arguments.add(argument);
        }
        return types.getDeclaredType(generic, arguments.toArray(TypeMirror[]::new));
    }

    private boolean fits(TypeMirror pattern, TypeMirror actual) {
        if (actual instanceof WildcardType) {
            return false; // no expression makes a reducer of it
        }
        if (pattern instanceof TypeVariable variable
                && generic.equals(variable.asElement().getEnclosingElement())) {
            TypeMirror known =
                    bound.putIfAbsent(variable.asElement().getSimpleName().toString(), actual);
            return known == null || types.isSameType(known, actual);
        }
        if (pattern instanceof ArrayType array) {
            return actual instanceof ArrayType other && fits(array.getComponentType(), other.getComponentType());
        }
        return pattern instanceof DeclaredType declared
                && actual instanceof DeclaredType other
                && declared.asElement().equals(other.asElement())
                && fits(declared.getTypeArguments(), other.getTypeArguments());
    }

    private boolean fits(List<? extends TypeMirror> patterns, List<? extends TypeMirror> actuals) {
        boolean fits = patterns.size() == actuals.size();
        for (int i = 0; fits && i < patterns.size(); i++) {
            fits = fits(patterns.get(i), actuals.get(i));
        }
        return fits;
    }
}
