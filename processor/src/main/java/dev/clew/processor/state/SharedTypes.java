package dev.clew.processor.state;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;

/**
 * Which values nothing can change, so that all nodes share them, as the builder of graphs judges: numbers, texts, dates, enums,
 * and records and sealed types of these, and containers of them outside of records.
 */
final class SharedTypes {
    private static final Set<String> VALUES = Set.of(
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.math.BigInteger",
            "java.math.BigDecimal",
            "java.util.UUID",
            "java.net.URI",
            "java.util.Locale",
            "java.util.Currency");

    /** Messages and all that they hold copy what they are given. */
    private static final String MESSAGES = "dev.clew.messages.";

    /** More types than this in one another are not looked at. */
    private static final int MOST = 100;

    private final Types types;

    /** The records and sealed types that were looked at: types may refer to themselves. */
    private final Set<String> seen = new HashSet<>();

    SharedTypes(Types types) {
        this.types = types;
    }

    /** Whether the values of a component can be shared. Of a reducer that is not Clew's, the container alone is known. */
    static boolean isShared(ComponentDeclaration component, Types types) {
        boolean isOurs = component
                .reduction()
                .map(Reduction::reducer)
                .map(fit -> Objects.requireNonNull(fit).type().toString())
                .map(reducer -> reducer.startsWith("dev.clew.annotations.") || reducer.startsWith(MESSAGES))
                .orElse(true);
        return new SharedTypes(types).is(component.type(), isOurs ? Integer.MAX_VALUE : 1);
    }

    /** @param containers how deep containers may nest from here on */
    private boolean is(TypeMirror type, int containers) {
        if (type.getKind().isPrimitive()) {
            return true;
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getExtendsBound() != null && is(wildcard.getExtendsBound(), containers);
        }
        return type.getKind() == TypeKind.DECLARED
                && type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && is(declared, element, containers);
    }

    private boolean is(DeclaredType type, TypeElement element, int containers) {
        String name = element.getQualifiedName().toString();
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        if (name.startsWith("java.util.") && !arguments.isEmpty()) {
            boolean isOptional = name.equals("java.util.Optional");
            int inside = isOptional ? containers : containers - 1;
            return (isOptional || StateValidator.KEPT.contains(name))
                    && inside >= 0
                    && arguments.stream().allMatch(each -> is(each, inside));
        }
        if (element.getKind() == ElementKind.ENUM
                || VALUES.contains(name)
                || name.startsWith("java.time.")
                || name.startsWith(MESSAGES)) {
            return true;
        }
        boolean isRecord = element.getKind() == ElementKind.RECORD;
        if (!isRecord && !element.getModifiers().contains(Modifier.SEALED)) {
            return false;
        }
        if (!seen.add(type.toString())) {
            return true;
        }
        if (seen.size() > MOST) {
            return false;
        }
        return isRecord
                ? element.getRecordComponents().stream().allMatch(each -> is(member(type, each), 0))
                : element.getPermittedSubclasses().stream().allMatch(this::isCase);
    }

    /** As it is declared: in what permits it, it is a raw type, of which ecj cannot say much. */
    private boolean isCase(TypeMirror permitted) {
        return permitted instanceof DeclaredType declared
                && is(declared.asElement().asType(), 0);
    }

    /** The type of a record's component, with the record's type arguments. */
    private TypeMirror member(DeclaredType type, RecordComponentElement component) {
        return ((ExecutableType) types.asMemberOf(type, component.getAccessor())).getReturnType();
    }
}
