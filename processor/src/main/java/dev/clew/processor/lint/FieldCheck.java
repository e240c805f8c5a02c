package dev.clew.processor.lint;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Finds what a body changes of the flow object, which all runs share, and futures that it leaves there. */
final class FieldCheck {
    private static final List<String> CONTAINERS = List.of(
            "java.util.Collection",
            "java.util.Map",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicReference",
            "java.util.concurrent.atomic.LongAdder");

    private static final Set<String> CHANGES = Set.of(
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "clear",
            "compareAndSet",
            "compute",
            "computeIfAbsent",
            "computeIfPresent",
            "decrementAndGet",
            "getAndAdd",
            "getAndDecrement",
            "getAndIncrement",
            "getAndSet",
            "getAndUpdate",
            "addAndGet",
            "increment",
            "incrementAndGet",
            "merge",
            "offer",
            "poll",
            "pop",
            "push",
            "put",
            "putAll",
            "putIfAbsent",
            "remove",
            "removeAll",
            "removeIf",
            "replace",
            "replaceAll",
            "retainAll",
            "set",
            "updateAndGet");

    private final Names names;
    private final Set<TypeElement> flow;

    FieldCheck(Names names, Scope scope) {
        this.names = names;
        this.flow = scope.flow();
    }

    void checkWrite(TreePath parent, ExpressionTree target, ExpressionTree value, Report report) {
        shared(new TreePath(parent, target)).ifPresent(field -> {
            boolean isFuture = names.isFuture(names.type(new TreePath(parent, value)));
            report.alarm(isFuture ? LintRule.FUTURE : LintRule.FIELD, field);
        });
    }

    void checkCall(TreePath path, MethodInvocationTree call, ExecutableElement called, Report report) {
        if (CHANGES.contains(called.getSimpleName().toString())
                && call.getMethodSelect() instanceof MemberSelectTree select
                && Names.owner(called).filter(this::isContainer).isPresent()) {
            TreePath receiver = new TreePath(new TreePath(path, select), select.getExpression());
            boolean isFuture = call.getArguments().stream()
                    .anyMatch(argument -> names.isFuture(names.type(new TreePath(path, argument))));
            shared(receiver).ifPresent(field -> report.alarm(isFuture ? LintRule.FUTURE : LintRule.FIELD, field));
        }
    }

    private boolean isContainer(TypeElement owner) {
        return CONTAINERS.stream().anyMatch(names.lineage(owner)::contains);
    }

    /** The field behind a target, if runs share it: of the flow object, or static. */
    private Optional<TreePath> shared(TreePath target) {
        Tree tree = target.getLeaf();
        if (tree instanceof ParenthesizedTree inner) {
            return shared(new TreePath(target, inner.getExpression()));
        }
        if (tree instanceof ArrayAccessTree cell) {
            return shared(new TreePath(target, cell.getExpression()));
        }
        Element field = names.element(target);
        return Names.isField(field) && field != null && (isStatic(field) || (isOfThis(tree) && isOfFlow(field)))
                ? Optional.of(target)
                : Optional.empty();
    }

    private static boolean isStatic(Element field) {
        return field.getModifiers().contains(Modifier.STATIC);
    }

    private boolean isOfFlow(Element field) {
        return Names.owner(field).filter(flow::contains).isPresent();
    }

    private static boolean isOfThis(Tree target) {
        return target instanceof IdentifierTree
                || (target instanceof MemberSelectTree select
                        && (Names.isNamed(select.getExpression(), "this")
                                || Names.isNamed(select.getExpression(), "super")
                                || (select.getExpression() instanceof MemberSelectTree outer
                                        && outer.getIdentifier().contentEquals("this"))));
    }
}
