package dev.clew.processor.lint;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Knows which calls are answered from the log, and which code comes to one. */
final class Durable {
    private static final Set<String> UNRECORDED = Set.of("now", "random", "randomUuid", "isReplaying", "isSuspending");

    private final Names names;
    private final Methods methods;
    private final boolean joins;
    private final Durable starts;
    private final Map<ExecutableElement, Boolean> helpers = new HashMap<>();

    Durable(Names names, Methods methods) {
        this(names, methods, true);
    }

    private Durable(Names names, Methods methods, boolean joins) {
        this.names = names;
        this.methods = methods;
        this.joins = joins;
        this.starts = joins ? new Durable(names, methods, false) : this;
    }

    /** Whether a method is a durable call itself. */
    boolean isCall(ExecutableElement method) {
        return (Names.isOwnedBy(method, Names.RUN)
                        && !UNRECORDED.contains(method.getSimpleName().toString()))
                || Names.isOwnedBy(method, Names.CHILD_CALL)
                || (Names.isOwnedBy(method, Names.TASK_FUTURE) && (joins || !isJoin(method)))
                || (names.isA(method.getReturnType(), Names.TASK_FUTURE)
                        && Names.owner(method)
                                .filter(owner ->
                                        owner.getSimpleName().toString().endsWith("Tasks"))
                                .isPresent());
    }

    /** As {@link #isReachedFrom(TreePath)}, but for joins: in whatever order futures are joined, the log is the same. */
    boolean isStartedFrom(TreePath code) {
        return starts.isReachedFrom(code);
    }

    /** Whether a piece of code comes to a durable call, through methods of this class too. */
    boolean isReachedFrom(TreePath code) {
        return Boolean.TRUE.equals(
                new TreePathScanner<Boolean, @Nullable Void>() {
                    @Override
                    public Boolean visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
                        return isDurable(getCurrentPath())
                                || Boolean.TRUE.equals(super.visitMethodInvocation(call, null));
                    }

                    @Override
                    public Boolean visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
                        return isDurable(getCurrentPath())
                                || Boolean.TRUE.equals(super.visitMemberReference(reference, null));
                    }

                    @Override
                    public Boolean reduce(Boolean one, Boolean other) {
                        return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
                    }
                }.scan(code, null));
    }

    boolean isReachedFrom(TreePath parent, Tree code) {
        return isReachedFrom(new TreePath(parent, code));
    }

    private boolean isDurable(TreePath call) {
        return names.method(call)
                .filter(method -> isCall(method) || isHelper(method))
                .isPresent();
    }

    private static boolean isJoin(ExecutableElement method) {
        return method.getSimpleName().contentEquals("join")
                && method.getParameters().isEmpty();
    }

    private boolean isHelper(ExecutableElement method) {
        Boolean known = helpers.putIfAbsent(method, false); // false while it is looked into: it may call itself
        if (known != null) {
            return known;
        }
        boolean found = methods.helper(method)
                .filter(path -> isReachedFrom(path, Methods.body(path)))
                .isPresent();
        helpers.put(method, found);
        return found;
    }
}
