package dev.clew.processor.validate;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is no value inside a type: in components of records, in cases of sealed types, in elements of arrays and
 * of the JDK's containers. What a class has inside is the codec's to say, and so is what Jackson's annotations decide.
 */
public final class MemberSearch {
    private static final int MOST_TYPES = 500;

    private static final List<String> HOLDERS =
            List.of("java.util.Optional", "java.util.concurrent.atomic.AtomicReference");

    private final Types types;
    private final Found found;
    private final Set<String> seen = new HashSet<>();
    /** The types around the present place: one that has itself inside may grow without end. */
    private final Set<TypeElement> around = new HashSet<>();

    MemberSearch(Types types, Found found) {
        this.types = types;
        this.found = found;
    }

    /** Hears of each member that is no value. */
    interface Found {
        /**
         * Takes one.
         *
         * @param rule by which it is none
         * @param type what it is
         * @param path where it is, as {@code Order.items[].supplier}
         */
        void member(Rule rule, TypeMirror type, String path);
    }

    /** Looks at what a type that stands in a signature is made of, but not at its type arguments. */
    void inside(DeclaredType type) {
        TypeElement element = (TypeElement) type.asElement();
        if (!JacksonMarks.decideFor(element)) {
            members(
                    (DeclaredType) element.asType(),
                    element,
                    element.getSimpleName().toString());
        }
    }

    private void member(@Nullable TypeMirror type, String path) {
        if (type == null) {
            return;
        }
        if (type.getKind() == TypeKind.ARRAY) {
            member(((ArrayType) type).getComponentType(), path + "[]");
        } else if (type.getKind() == TypeKind.WILDCARD) {
            member(((WildcardType) type).getExtendsBound(), path);
        } else if (type.getKind() == TypeKind.DECLARED) {
            declared((DeclaredType) type, path);
        }
    }

    private void declared(DeclaredType type, String path) {
        TypeElement element = (TypeElement) type.asElement();
        if (JacksonMarks.decideFor(element)) {
            return;
        }
        Optional<Rule> refusal = PlatformValues.refusal(element)
                .or(() -> PlatformValues.isLive(element) ? Optional.of(Rule.TYPE_CODE) : Optional.empty());
        if (refusal.isPresent()) {
            found.member(refusal.get(), type, path);
        } else if (PlatformValues.isPlatform(element)) {
            String suffix = HOLDERS.contains(element.getQualifiedName().toString()) ? "" : "[]";
            type.getTypeArguments().forEach(argument -> member(argument, path + suffix));
        } else {
            members(type, element, path);
        }
    }

    private void members(DeclaredType type, TypeElement element, String path) {
        // Not the type's own text: ecj fails to print a raw type that is declared in another one.
        String text = element.getQualifiedName().toString() + type.getTypeArguments();
        boolean isNew = !PlatformValues.isPlatform(element) && seen.size() < MOST_TYPES && seen.add(text);
        if (isNew && around.add(element)) {
            inside(type, element, path);
            around.remove(element);
        }
    }

    private void inside(DeclaredType type, TypeElement element, String path) {
        if (element.getKind() == ElementKind.RECORD) {
            for (RecordComponentElement component : element.getRecordComponents()) {
                if (!JacksonMarks.decideFor(element, component)) {
                    member(typeIn(type, element, component), path + "." + component.getSimpleName());
                }
            }
        } else if (element.getModifiers().contains(Modifier.SEALED)) {
            element.getPermittedSubclasses().forEach(each -> aCase(each, path));
        }
    }

    /** A case with type variables has them erased: what they stand for here is not worked out. */
    private void aCase(TypeMirror each, String path) {
        if (each.getKind() == TypeKind.DECLARED) {
            TypeElement element = (TypeElement) ((DeclaredType) each).asElement();
            DeclaredType type = types.getDeclaredType(element);
            declared(type, path + "(" + element.getSimpleName() + ")");
        }
    }

    /** The field of a component has its type, and every compiler can say what that is with type arguments. */
    private @Nullable TypeMirror typeIn(DeclaredType type, TypeElement element, RecordComponentElement component) {
        for (VariableElement field : ElementFilter.fieldsIn(element.getEnclosedElements())) {
            if (field.getSimpleName().equals(component.getSimpleName())
                    && !field.getModifiers().contains(Modifier.STATIC)) {
                return types.asMemberOf(type, field);
            }
        }
        return component.asType();
    }
}
