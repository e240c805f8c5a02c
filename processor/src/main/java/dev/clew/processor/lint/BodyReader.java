package dev.clew.processor.lint;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Reads the body of a scope and of the methods of its class that it calls, and asks the checks about each piece. */
final class BodyReader {
    private final Names names;
    private final Methods methods;
    private final Alarms alarms;
    private final Durable durable;
    private final CallCheck calls;
    private final OrderCheck orders;
    private final CatchCheck catches;
    /** Read once, for the first scope that comes to it. */
    private final Set<Element> read = new HashSet<>();

    BodyReader(Names names, Methods methods, Alarms alarms) {
        this.names = names;
        this.methods = methods;
        this.alarms = alarms;
        this.durable = new Durable(names, methods);
        this.calls = new CallCheck(names, durable);
        this.orders = new OrderCheck(names, durable);
        this.catches = new CatchCheck(durable);
    }

    void read(Scope scope, TreePath method) {
        FieldCheck fields = new FieldCheck(names, scope);
        Deque<TreePath> next = new ArrayDeque<>();
        next.add(method);
        while (!next.isEmpty()) {
            TreePath path = next.remove();
            Element element = names.element(path);
            if (element != null && read.add(element)) {
                new Body(scope, element, fields, next).scan(new TreePath(path, Methods.body(path)), null);
            }
        }
    }

    /** One body. */
    private final class Body extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Element method;
        private final boolean isScope;
        private final FieldCheck fields;
        private final Deque<TreePath> next;
        private final Report report;

        Body(Scope scope, Element method, FieldCheck fields, Deque<TreePath> next) {
            this.method = method;
            this.isScope = scope.method().equals(method);
            this.fields = fields;
            this.next = next;
            this.report = (rule, path) -> alarms.add(rule, path, scope.place(method), scope.owner());
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
            TreePath path = getCurrentPath();
            names.method(path).ifPresent(called -> {
                calls.check(path, new TreePath(path, call.getMethodSelect()), called, method, report);
                fields.checkCall(path, call, called, report);
                orders.checkCall(path, call, called, report);
                methods.helper(called).ifPresent(next::add);
            });
            if (names.method(path).filter(BodyReader::isLeafMaker).isPresent()) {
                return scan(call.getMethodSelect(), null); // what is given to Run.task runs as a leaf
            }
            return super.visitMethodInvocation(call, null);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void unused) {
            TreePath path = getCurrentPath();
            names.method(path).ifPresent(called -> calls.check(path, path, called, method, report));
            return super.visitNewClass(made, null);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
            TreePath path = getCurrentPath();
            names.method(path).ifPresent(called -> {
                calls.check(path, path, called, method, report);
                methods.helper(called).ifPresent(next::add);
            });
            return super.visitMemberReference(reference, null);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
            if (calls.isStandardInput(names.element(getCurrentPath()))) {
                report.alarm(LintRule.IO, getCurrentPath());
            }
            return super.visitMemberSelect(select, null);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void unused) {
            fields.checkWrite(getCurrentPath(), assignment.getVariable(), assignment.getExpression(), report);
            return super.visitAssignment(assignment, null);
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree assignment, @Nullable Void unused) {
            fields.checkWrite(getCurrentPath(), assignment.getVariable(), assignment.getExpression(), report);
            return super.visitCompoundAssignment(assignment, null);
        }

        @Override
        public @Nullable Void visitUnary(UnaryTree unary, @Nullable Void unused) {
            switch (unary.getKind()) {
                case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
                    fields.checkWrite(getCurrentPath(), unary.getExpression(), unary.getExpression(), report);
                default -> {}
            }
            return super.visitUnary(unary, null);
        }

        @Override
        public @Nullable Void visitReturn(ReturnTree exit, @Nullable Void unused) {
            if (isScope && exit.getExpression() != null && isOfMethod(getCurrentPath())) {
                TreePath value = new TreePath(getCurrentPath(), exit.getExpression());
                if (names.isFuture(names.type(value))) {
                    report.alarm(LintRule.FUTURE, value);
                }
            }
            return super.visitReturn(exit, null);
        }

        @Override
        public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void unused) {
            orders.checkLoop(getCurrentPath(), loop, report);
            return super.visitEnhancedForLoop(loop, null);
        }

        @Override
        public @Nullable Void visitTry(TryTree attempt, @Nullable Void unused) {
            catches.check(getCurrentPath(), attempt, report);
            return super.visitTry(attempt, null);
        }
    }

    /** Whether a return leaves the method that is read, not a lambda or another method inside it. */
    private static boolean isOfMethod(TreePath exit) {
        for (TreePath around = exit.getParentPath(); around != null; around = around.getParentPath()) {
            if (around.getLeaf() instanceof LambdaExpressionTree) {
                return false;
            }
            if (around.getLeaf() instanceof MethodTree) {
                Tree outside = around.getParentPath().getParentPath().getLeaf();
                return !(outside instanceof NewClassTree) && !(outside instanceof BlockTree);
            }
        }
        return false;
    }

    private static boolean isLeafMaker(ExecutableElement called) {
        return Names.isOwnedBy(called, Names.RUN) && called.getSimpleName().contentEquals("task");
    }
}
