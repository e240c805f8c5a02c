package dev.clew.processor.validate;

import dev.clew.processor.read.Known;
import dev.clew.processor.read.Location;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.Written;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Judges the types of values that are recorded: what holds in a type argument or array holds for the whole. */
public final class ValueTypes {
    private static final String MESSAGES = "dev.clew.messages.";

    private final Elements elements;
    private final Types types;
    private final Known known;
    private final Visibility visibility;
    private final Findings findings;
    private final ValuesMode mode;

    public ValueTypes(
            Elements elements, Types types, Known known, Visibility visibility, Findings findings, ValuesMode mode) {
        this.elements = elements;
        this.types = types;
        this.known = known;
        this.visibility = visibility;
        this.findings = findings;
        this.mode = mode;
    }

    public void check(@Nullable TypeMirror type, Location location) {
        if (type == null) {
            return;
        }
        switch (type.getKind()) {
            case ERROR ->
                findings.add(
                        known.isGenerated(Written.of(type)) ? Rule.HANDLE_MISPLACED : Rule.TYPE_UNRESOLVED,
                        location,
                        type);
            case ARRAY -> check(((ArrayType) type).getComponentType(), location);
            case WILDCARD -> check(((WildcardType) type).getExtendsBound(), location);
            case DECLARED -> declared((DeclaredType) type, location);
            default -> {}
        }
    }

    private void declared(DeclaredType type, Location location) {
        TypeElement element = (TypeElement) type.asElement();
        boolean isDecided = JacksonMarks.decideFor(element);
        Optional<Rule> refusal = isDecided ? Optional.empty() : refusal(element);
        if (refusal.isPresent()) {
            findings.add(refusal.get(), location, type);
            return;
        }
        checkReachable(type, location);
        if (mode == ValuesMode.STANDARD && !isDecided) {
            standard(type, element, location);
        }
        Modularity modularity = new Modularity(elements, element);
        if (!modularity.isReadable()) {
            findings.add(Rule.MODULE_CLOSED, location, type, modularity.module(), modularity.packageName());
        }
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (isStored(element, element.getTypeParameters().get(i))) {
                check(arguments.get(i), location);
            } else {
                checkNamed(arguments.get(i), location);
            }
        }
    }

    /** Whether values of a type variable are stored; a typed id, {@code record Id<T>(String value)}, has none. */
    private static boolean isStored(TypeElement element, TypeParameterElement variable) {
        return element.getKind() != ElementKind.RECORD
                || element.getRecordComponents().stream().anyMatch(each -> mentions(each.asType(), variable));
    }

    private static boolean mentions(@Nullable TypeMirror type, TypeParameterElement variable) {
        if (type instanceof ArrayType array) {
            return mentions(array.getComponentType(), variable);
        }
        if (type instanceof WildcardType wildcard) {
            return mentions(wildcard.getExtendsBound(), variable);
        }
        if (type instanceof TypeVariable named) {
            return named.asElement().getSimpleName().equals(variable.getSimpleName());
        }
        return type instanceof DeclaredType declared
                && declared.getTypeArguments().stream().anyMatch(argument -> mentions(argument, variable));
    }

    /** Generated code names a type argument even if no value of it is stored. */
    private void checkNamed(@Nullable TypeMirror type, Location location) {
        if (type == null) {
            return;
        }
        switch (type.getKind()) {
            case ERROR -> check(type, location);
            case ARRAY -> checkNamed(((ArrayType) type).getComponentType(), location);
            case WILDCARD -> checkNamed(((WildcardType) type).getExtendsBound(), location);
            case DECLARED -> {
                checkReachable((DeclaredType) type, location);
                ((DeclaredType) type).getTypeArguments().forEach(argument -> checkNamed(argument, location));
            }
            default -> {}
        }
    }

    /** What the standard codec refuses when a graph is built, or cannot decode exactly. */
    private void standard(DeclaredType type, TypeElement element, Location location) {
        if (element.getQualifiedName().toString().startsWith(MESSAGES)) {
            return; // the codec has shapes of its own for them, which keep all that is in them
        }
        if (PlatformValues.isLive(element)) {
            findings.warn(Rule.TYPE_CODE, location, type);
        } else if (isOpen(element)) {
            findings.add(Rule.TYPE_OPEN, location, type);
        } else {
            new MemberSearch(types, (rule, member, path) -> findings.warn(rule, location, member + "' in '" + path))
                    .inside(type);
        }
    }

    /** Generated code must be able to name a type. */
    public void checkReachable(DeclaredType type, Location location) {
        if (!visibility.reaches(type.asElement())) {
            findings.add(Rule.TYPE_UNREACHABLE, location, type);
        }
    }

    private Optional<Rule> refusal(TypeElement element) {
        return isHandle(element) ? Optional.of(Rule.HANDLE_MISPLACED) : PlatformValues.refusal(element);
    }

    private boolean isSubtype(TypeMirror type, String qualifiedName) {
        TypeElement above = elements.getTypeElement(qualifiedName);
        return above != null && types.isSubtype(types.erasure(type), types.erasure(above.asType()));
    }

    /** The {@code …Tasks} of another flow: there is a graph beside it. */
    private boolean isHandle(TypeElement element) {
        String name = element.getQualifiedName().toString();
        if (!name.endsWith("Tasks")) {
            return false;
        }
        TypeElement graph = elements.getTypeElement(name.substring(0, name.length() - "Tasks".length()) + "Graph");
        return graph != null && isSubtype(graph.asType(), RuntimeNames.GRAPH.canonicalName());
    }

    private static boolean isOpen(TypeElement element) {
        String name = element.getQualifiedName().toString();
        Set<Modifier> modifiers = element.getModifiers();
        boolean isAbstract = modifiers.contains(Modifier.ABSTRACT) && element.getKind() != ElementKind.ENUM;
        return name.equals("java.lang.Object")
                || (isAbstract && !modifiers.contains(Modifier.SEALED) && !PlatformValues.isStored(element));
    }
}
