package dev.clew.processor.lint;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** What the compiler knows of a piece of code, by name. */
final class Names {
    static final String TASK_FUTURE = "dev.clew.task.TaskFuture";
    static final String RUN = "dev.clew.flow.Run";
    static final String CHILD_CALL = "dev.clew.flow.ChildCall";

    /** What makes a method a step. */
    static final Set<String> STEPS = Set.of("dev.clew.annotations.Task", "dev.clew.annotations.Entrypoint");

    /** What makes a member part of a flow or a graph. */
    static final Set<String> PARTS = Set.of(
            "dev.clew.annotations.Task",
            "dev.clew.annotations.Entrypoint",
            "dev.clew.annotations.Node",
            "dev.clew.annotations.OnError",
            "dev.clew.annotations.Input",
            "dev.clew.annotations.Output",
            "dev.clew.annotations.Subgraph");

    private final Trees trees;
    private final Types types;
    private final Map<TypeElement, Set<String>> lineages = new HashMap<>();

    Names(Trees trees, Types types) {
        this.trees = trees;
        this.types = types;
    }

    @Nullable
    Element element(TreePath path) {
        return trees.getElement(path);
    }

    @Nullable
    Element element(TreePath parent, Tree child) {
        return trees.getElement(new TreePath(parent, child));
    }

    /** The method or constructor that a call, a reference or {@code new} means. */
    Optional<ExecutableElement> method(TreePath call) {
        return element(call) instanceof ExecutableElement method ? Optional.of(method) : Optional.empty();
    }

    /** The qualified names of a type and all its supertypes. */
    Set<String> lineage(TypeElement type) {
        Set<String> known = lineages.get(type);
        if (known == null) {
            known = new LinkedHashSet<>();
            collect(type.asType(), known);
            lineages.put(type, known);
        }
        return known;
    }

    private void collect(TypeMirror type, Set<String> names) {
        if (declared(type).map(found -> names.add(name(found))).orElse(false)) {
            types.directSupertypes(type).forEach(above -> collect(above, names));
        }
    }

    /** Whether the static type of an expression is this one, or below it. */
    boolean isA(TreePath expression, String qualifiedName) {
        return isA(trees.getTypeMirror(expression), qualifiedName);
    }

    boolean isA(@Nullable TypeMirror type, String qualifiedName) {
        return declared(type)
                .filter(found -> lineage(found).contains(qualifiedName))
                .isPresent();
    }

    /** Whether it is a task's future, or holds some. */
    boolean isFuture(@Nullable TypeMirror type) {
        if (type instanceof ArrayType array) {
            return isFuture(array.getComponentType());
        }
        return isA(type, TASK_FUTURE)
                || (type instanceof DeclaredType declared
                        && declared.getTypeArguments().stream().anyMatch(this::isFuture));
    }

    @Nullable
    TypeMirror type(TreePath expression) {
        return trees.getTypeMirror(expression);
    }

    static Optional<TypeElement> declared(@Nullable TypeMirror type) {
        return type != null
                        && type.getKind() == TypeKind.DECLARED
                        && type instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                ? Optional.of(element)
                : Optional.empty();
    }

    static String name(TypeElement type) {
        return type.getQualifiedName().toString();
    }

    /** The class that declares a method or field. */
    static Optional<TypeElement> owner(Element member) {
        return member.getEnclosingElement() instanceof TypeElement owner ? Optional.of(owner) : Optional.empty();
    }

    static boolean isOwnedBy(Element member, String qualifiedName) {
        return owner(member).filter(owner -> name(owner).equals(qualifiedName)).isPresent();
    }

    static boolean isAnnotated(Element element, String annotation) {
        return isAnnotated(element, Set.of(annotation));
    }

    private static boolean isAnnotated(Element element, Set<String> annotations) {
        return element.getAnnotationMirrors().stream()
                .map(mirror -> name((TypeElement) mirror.getAnnotationType().asElement()))
                .anyMatch(annotations::contains);
    }

    static boolean isStep(Element method) {
        return isAnnotated(method, STEPS);
    }

    static boolean isPart(Element member) {
        return isAnnotated(member, PARTS);
    }

    static boolean isField(@Nullable Element element) {
        return element != null && element.getKind() == ElementKind.FIELD;
    }

    /** The part before the last dot; none for a simple name. */
    static Optional<ExpressionTree> receiver(ExpressionTree select) {
        return select instanceof MemberSelectTree member ? Optional.of(member.getExpression()) : Optional.empty();
    }

    static boolean isNamed(@Nullable Tree tree, String name) {
        return tree instanceof IdentifierTree identifier && identifier.getName().contentEquals(name);
    }
}
