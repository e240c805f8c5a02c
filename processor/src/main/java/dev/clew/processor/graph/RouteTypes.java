package dev.clew.processor.graph;

import dev.clew.annotations.End;
import dev.clew.annotations.To;
import dev.clew.processor.read.Attributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads the types by which nodes route: enums, records, and sealed types of records. */
final class RouteTypes {
    private final Types types;

    RouteTypes(Types types) {
        this.types = types;
    }

    /**
     * A type that nodes route by.
     *
     * @param type the type
     * @param cases its cases, in the order of their declaration
     * @param misfit why it cannot be a route; empty if it can
     */
    record Route(TypeMirror type, List<Case> cases, String misfit) {
        /** The records that nodes take. */
        List<TypeElement> sent() {
            return cases.stream()
                    .filter(Case::isSent)
                    .map(each -> (TypeElement) each.element())
                    .toList();
        }
    }

    /**
     * One case of a route.
     *
     * @param element the constant, or the record
     * @param targets the nodes that it runs, from {@code @To}
     * @param isEnd whether it has {@code @End}
     */
    record Case(Element element, List<String> targets, boolean isEnd) {
        boolean isConstant() {
            return element.getKind() == ElementKind.ENUM_CONSTANT;
        }

        /** Whether it is a record that a node takes. */
        boolean isSent() {
            return !isConstant() && targets.isEmpty() && !isEnd;
        }

        String label() {
            return element.getSimpleName().toString();
        }
    }

    Route of(TypeMirror type) {
        List<Case> cases = new ArrayList<>();
        String misfit = collect(type, type, cases);
        return new Route(type, List.copyOf(cases), misfit);
    }

    private String collect(@Nullable TypeMirror part, TypeMirror whole, List<Case> cases) {
        if (!(part instanceof DeclaredType declared) || !(declared.asElement() instanceof TypeElement element)) {
            return "it is no enum, record or sealed type";
        }
        if (element.getKind() == ElementKind.ENUM) {
            element.getEnclosedElements().stream()
                    .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT)
                    .forEach(each -> cases.add(caseOf(each)));
            return "";
        }
        if (element.getKind() == ElementKind.RECORD) {
            if (!element.getTypeParameters().isEmpty()) {
                return "'" + element.getSimpleName() + "' has type variables";
            }
            cases.add(caseOf(element));
            return "";
        }
        if (!element.getModifiers().contains(Modifier.SEALED)) {
            return part == whole ? "it is open" : "its case '" + element.getSimpleName() + "' is open";
        }
        String misfit = "";
        for (TypeElement permitted : permitted(element)) {
            String found = collect(permitted.asType(), whole, cases);
            misfit = misfit.isEmpty() ? found : misfit;
        }
        return misfit;
    }

    /**
     * The permitted types, as they are declared inside the sealed one, else by name: compilers give them in the order of
     * the command line, or of the alphabet.
     */
    private List<TypeElement> permitted(TypeElement sealed) {
        List<? extends Element> inside = sealed.getEnclosedElements();
        return sealed.getPermittedSubclasses().stream()
                .map(each -> (TypeElement) Objects.requireNonNull(types.asElement(each)))
                .sorted(Comparator.<TypeElement>comparingInt(
                                each -> inside.contains(each) ? inside.indexOf(each) : Integer.MAX_VALUE)
                        .thenComparing(each -> each.getQualifiedName().toString()))
                .toList();
    }

    private static Case caseOf(Element element) {
        return new Case(
                element,
                Attributes.of(element, To.class).map(to -> to.texts("value")).orElse(List.of()),
                Attributes.of(element, End.class).isPresent());
    }
}
