package dev.clew.processor.lint;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;

/**
 * Finds durable calls in an order that a hash decides. Sets and maps themselves may be arguments: they are compared
 * sorted.
 */
final class OrderCheck {
    private static final Set<String> ITERATIONS = Set.of("forEach", "removeIf", "replaceAll");

    private final Names names;
    private final Durable durable;
    private final HashOrder hashed;

    OrderCheck(Names names, Durable durable) {
        this.names = names;
        this.durable = durable;
        this.hashed = new HashOrder(names);
    }

    void checkLoop(TreePath path, EnhancedForLoopTree loop, Report report) {
        TreePath over = new TreePath(path, loop.getExpression());
        hashed.source(over)
                .filter(source -> durable.isStartedFrom(new TreePath(path, loop.getStatement())))
                .ifPresent(source -> report.alarm(LintRule.ORDER, source));
    }

    /** {@code set.forEach(tasks::x)}, {@code set.stream().map(tasks::x)}, {@code tasks.x(new ArrayList<>(set))}. */
    void checkCall(TreePath path, MethodInvocationTree call, ExecutableElement called, Report report) {
        List<TreePath> arguments = call.getArguments().stream()
                .map(argument -> new TreePath(path, argument))
                .toList();
        if (durable.isCall(called) && !Names.isOwnedBy(called, Names.TASK_FUTURE)) {
            arguments.stream()
                    .filter(argument -> names.isA(argument, "java.util.List"))
                    .flatMap(argument -> hashed.source(argument).stream())
                    .forEach(source -> report.alarm(LintRule.ORDER, source));
        } else if (call.getMethodSelect() instanceof MemberSelectTree select && isIteration(called)) {
            ExpressionTree over = select.getExpression();
            TreePath receiver = new TreePath(new TreePath(path, select), over);
            hashed.source(receiver)
                    .filter(source -> arguments.stream().anyMatch(durable::isStartedFrom))
                    .ifPresent(source -> report.alarm(LintRule.ORDER, source));
        }
    }

    /** Of a collection or map few methods go over its elements: {@code put} and {@code add} do not. */
    private boolean isIteration(ExecutableElement called) {
        Set<String> types = Names.owner(called).map(names::lineage).orElse(Set.of());
        return types.contains("java.util.stream.BaseStream")
                || (ITERATIONS.contains(called.getSimpleName().toString())
                        && (types.contains("java.lang.Iterable") || types.contains("java.util.Map")));
    }
}
