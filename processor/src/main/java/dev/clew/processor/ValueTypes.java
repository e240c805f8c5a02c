package dev.clew.processor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Judges the types of values that are recorded: what holds in a type argument or array holds for the whole. */
final class ValueTypes {
    /** These and their subtypes. */
    private static final Map<String, Rule> REFUSED = refused();

    /** Interfaces that say what a value is, whatever class it has. */
    private static final Set<String> OPEN_BUT_KNOWN = Set.of(
            "java.util.Collection",
            "java.util.Deque",
            "java.util.List",
            "java.util.Map",
            "java.util.NavigableMap",
            "java.util.NavigableSet",
            "java.util.Queue",
            "java.util.SequencedCollection",
            "java.util.SequencedMap",
            "java.util.SequencedSet",
            "java.util.Set",
            "java.util.SortedMap",
            "java.util.SortedSet",
            "java.nio.file.Path",
            "java.time.ZoneId");

    private final Elements elements;
    private final Types types;
    private final Known known;
    private final Visibility visibility;
    private final Findings findings;

    ValueTypes(Elements elements, Types types, Known known, Visibility visibility, Findings findings) {
        this.elements = elements;
        this.types = types;
        this.known = known;
        this.visibility = visibility;
        this.findings = findings;
    }

    private static Map<String, Rule> refused() {
        Map<String, Rule> refused = new LinkedHashMap<>();
        List.of("dev.clew.task.TaskFuture", "java.util.concurrent.CompletionStage", "java.util.concurrent.Future")
                .forEach(name -> refused.put(name, Rule.TYPE_FUTURE));
        List.of(
                        "java.util.stream.BaseStream",
                        "java.util.Iterator",
                        "java.util.Spliterator",
                        "java.util.Enumeration",
                        "java.util.concurrent.Flow.Publisher",
                        "java.io.InputStream",
                        "java.io.OutputStream",
                        "java.io.Reader",
                        "java.io.Writer",
                        "java.nio.channels.Channel")
                .forEach(name -> refused.put(name, Rule.TYPE_STREAM));
        List.of("java.lang.Thread", "java.util.concurrent.Executor").forEach(name -> refused.put(name, Rule.TYPE_CODE));
        List.of("dev.clew.Graph", "dev.clew.flow.TaskContext", "dev.clew.flow.Scope", "dev.clew.flow.Workflow")
                .forEach(name -> refused.put(name, Rule.HANDLE_MISPLACED));
        refused.put("dev.clew.flow.Final", Rule.TYPE_FINAL);
        return refused;
    }

    void check(@Nullable TypeMirror type, Location location) {
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
        Optional<Rule> refusal = refusal(element);
        if (refusal.isPresent()) {
            findings.add(refusal.get(), location, type);
            return;
        }
        checkReachable(type, location);
        if (isOpen(element)) {
            findings.add(Rule.TYPE_OPEN, location, type);
        }
        Modularity modularity = new Modularity(elements, element);
        if (!modularity.isReadable()) {
            findings.add(Rule.MODULE_CLOSED, location, type, modularity.module(), modularity.packageName());
        }
        type.getTypeArguments().forEach(argument -> check(argument, location));
    }

    void checkReachable(DeclaredType type, Location location) {
        if (!visibility.reaches(type.asElement())) {
            findings.add(Rule.TYPE_UNREACHABLE, location, type);
        }
    }

    private Optional<Rule> refusal(TypeElement element) {
        if (isHandle(element)) {
            return Optional.of(Rule.HANDLE_MISPLACED);
        }
        if (isFunction(element)) {
            return Optional.of(Rule.TYPE_CODE);
        }
        return lineage(element)
                .flatMap(name -> Stream.ofNullable(REFUSED.get(name)))
                .findFirst();
    }

    /** The qualified names of a type and all its supertypes: cheaper than to ask the compiler about each refused type. */
    private Stream<String> lineage(TypeElement element) {
        return Stream.concat(
                Stream.of(element.getQualifiedName().toString()),
                Stream.concat(Stream.of(element.getSuperclass()), element.getInterfaces().stream())
                        .filter(above -> above.getKind() == TypeKind.DECLARED)
                        .flatMap(above -> lineage((TypeElement) ((DeclaredType) above).asElement())));
    }

    private boolean isSubtype(TypeMirror type, String qualifiedName) {
        TypeElement above = elements.getTypeElement(qualifiedName);
        return above != null && types.isSubtype(types.erasure(type), types.erasure(above.asType()));
    }

    /** A class may implement a function and be a value all the same; the bare interface is a lambda. */
    private static boolean isFunction(TypeElement element) {
        return element.getKind() == ElementKind.INTERFACE && element.getAnnotation(FunctionalInterface.class) != null;
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
                || (isAbstract && !modifiers.contains(Modifier.SEALED) && !OPEN_BUT_KNOWN.contains(name));
    }
}
