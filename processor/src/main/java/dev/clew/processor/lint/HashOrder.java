package dev.clew.processor.lint;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Knows which expressions have the order of a hash: by their class, by where they come from, or because a local variable
 * was made so. Of what came in as an argument, an answer or a result it says no: that was decoded, in a fixed order.
 */
final class HashOrder {
    private static final Set<String> CLASSES = Set.of(
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.concurrent.ConcurrentHashMap");

    /** Their order is salted: it differs from one process to the next. */
    private static final Set<String> FACTORIES = Set.of(
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf");

    private static final Set<String> COLLECTORS = Set.of("toSet", "toMap", "groupingBy", "toUnmodifiableSet");

    /** These keep the order of what they were made of or called on. */
    private static final List<String> SEQUENCES =
            List.of("java.lang.Iterable", "java.util.Iterator", "java.util.Map", "java.util.stream.BaseStream");

    private final Names names;

    HashOrder(Names names) {
        this.names = names;
    }

    /** The part of an expression that brings the order of a hash into it; none if there is none. */
    Optional<TreePath> source(TreePath expression) {
        Optional<TypeElement> type = Names.declared(names.type(expression));
        if (type.isEmpty() || isSorted(type.get())) {
            return Optional.empty();
        }
        if (CLASSES.contains(Names.name(type.get()))) {
            return Optional.of(expression);
        }
        return SEQUENCES.stream().anyMatch(names.lineage(type.get())::contains)
                ? sourceOfSequence(expression)
                : Optional.empty();
    }

    private Optional<TreePath> sourceOfSequence(TreePath expression) {
        Tree tree = expression.getLeaf();
        if (tree instanceof ParenthesizedTree inner) {
            return source(new TreePath(expression, inner.getExpression()));
        }
        if (tree instanceof MethodInvocationTree call) {
            return sourceOfResult(expression, call);
        }
        if (tree instanceof NewClassTree copy) {
            return copy.getArguments().stream()
                    .flatMap(argument -> source(new TreePath(expression, argument)).stream())
                    .findFirst();
        }
        Element variable = names.element(expression);
        return variable != null && variable.getKind() == ElementKind.LOCAL_VARIABLE && isHashed(expression, variable)
                ? Optional.of(expression)
                : Optional.empty();
    }

    private boolean isSorted(TypeElement type) {
        Set<String> lineage = names.lineage(type);
        return lineage.contains("java.util.SortedSet")
                || lineage.contains("java.util.SortedMap")
                || lineage.contains("java.util.PriorityQueue");
    }

    private Optional<TreePath> sourceOfResult(TreePath path, MethodInvocationTree call) {
        String name = names.method(path)
                .map(method -> Names.owner(method).map(Names::name).orElse("") + "." + method.getSimpleName())
                .orElse("");
        boolean isSalted = FACTORIES.contains(name) && call.getArguments().size() > onlyOne(name);
        boolean isCollected = name.equals("java.util.stream.Stream.collect")
                && call.getArguments().stream().anyMatch(HashOrder::isHashingCollector);
        if (isSalted || isCollected) {
            return Optional.of(path);
        }
        if (name.equals("java.util.List.copyOf")) {
            return source(new TreePath(path, call.getArguments().get(0)));
        }
        return isHandedOut(name) && call.getMethodSelect() instanceof MemberSelectTree select
                ? source(new TreePath(new TreePath(path, select), select.getExpression()))
                : Optional.empty();
    }

    /** How many arguments make something with one element, which has but one order. */
    private static int onlyOne(String factory) {
        return switch (factory) {
            case "java.util.Map.of" -> 2;
            case "java.util.Set.copyOf", "java.util.Map.copyOf" -> 0;
            default -> 1;
        };
    }

    /** {@code toMap} with four arguments and {@code groupingBy} with three name a map of their own. */
    private static boolean isHashingCollector(ExpressionTree collector) {
        if (!(collector instanceof MethodInvocationTree call)) {
            return false;
        }
        String name = call.getMethodSelect() instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : call.getMethodSelect().toString();
        return COLLECTORS.contains(name) && call.getArguments().size() < (name.equals("toMap") ? 4 : 3);
    }

    /** A method of a collection or stream that keeps the order of its elements; {@code map.get(key)} has none. */
    private static boolean isHandedOut(String name) {
        return (name.startsWith("java.util.stream.") && !name.endsWith(".sorted"))
                || List.of(".keySet", ".values", ".entrySet", ".stream", ".parallelStream", ".iterator").stream()
                        .anyMatch(name::endsWith);
    }

    private boolean isHashed(TreePath use, Element variable) {
        TreePath body = use;
        while (!(body.getLeaf() instanceof MethodTree) && body.getParentPath() != null) {
            body = body.getParentPath();
        }
        LocalVariable local = new LocalVariable(variable);
        local.scan(body, null);
        return local.isHashed && !local.isSorted;
    }

    /** How a local variable was made, and whether somebody sorts it. */
    private final class LocalVariable extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Element variable;
        private boolean isHashed;
        private boolean isSorted;

        LocalVariable(Element variable) {
            this.variable = variable;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree declaration, @Nullable Void unused) {
            if (declaration.getInitializer() != null && variable.equals(names.element(getCurrentPath()))) {
                isHashed = source(new TreePath(getCurrentPath(), declaration.getInitializer()))
                        .isPresent();
            }
            return super.visitVariable(declaration, null);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void unused) {
            TreePath path = getCurrentPath();
            if (variable.equals(names.element(path, assignment.getVariable()))
                    && source(new TreePath(path, assignment.getExpression())).isEmpty()) {
                isSorted = true;
            }
            return super.visitAssignment(assignment, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
            TreePath path = getCurrentPath();
            String select = call.getMethodSelect().toString();
            if (select.equals(variable.getSimpleName() + ".sort")
                    || (select.endsWith("Collections.sort")
                            && variable.equals(
                                    names.element(path, call.getArguments().get(0))))) {
                isSorted = true;
            }
            return super.visitMethodInvocation(call, null);
        }
    }
}
