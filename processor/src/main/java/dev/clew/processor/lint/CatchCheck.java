package dev.clew.processor.lint;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A pause unwinds the body by an {@code Error}: whoever catches that must not go on as if the call had failed. */
final class CatchCheck {
    private static final List<String> WIDE = List.of("Throwable", "Error", "java.lang.Throwable", "java.lang.Error");

    private final Durable durable;

    CatchCheck(Durable durable) {
        this.durable = durable;
    }

    void check(TreePath path, TryTree attempt, Report report) {
        // Only the first that is wide gets the signal: a later one never sees it.
        attempt.getCatches().stream()
                .filter(handler -> isWide(handler.getParameter().getType()))
                .findFirst()
                .filter(handler -> !throwsAgain(
                        handler.getBlock(), handler.getParameter().getName().toString()))
                .filter(handler -> durable.isReachedFrom(path, attempt.getBlock()))
                .ifPresent(handler -> {
                    TreePath parameter = new TreePath(new TreePath(path, handler), handler.getParameter());
                    report.alarm(
                            LintRule.CATCH,
                            new TreePath(parameter, handler.getParameter().getType()));
                });
    }

    private static boolean isWide(Tree type) {
        return type instanceof UnionTypeTree union
                ? union.getTypeAlternatives().stream().anyMatch(CatchCheck::isWide)
                : WIDE.contains(type.toString());
    }

    /** A handler may look at what it caught and throw only if it must, also by a method: {@code rethrow(failure)}. */
    private static boolean throwsAgain(BlockTree block, String caught) {
        return Boolean.TRUE.equals(
                new TreeScanner<Boolean, @Nullable Void>() {
                    @Override
                    public Boolean visitThrow(ThrowTree thrown, @Nullable Void unused) {
                        return true;
                    }

                    @Override
                    public Boolean visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
                        String select = call.getMethodSelect().toString();
                        String name =
                                select.substring(select.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
                        boolean takes =
                                call.getArguments().stream().anyMatch(argument -> Names.isNamed(argument, caught));
                        return takes && (name.contains("throw") || name.contains("propagate"));
                    }

                    @Override
                    public Boolean reduce(Boolean one, Boolean other) {
                        return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
                    }
                }.scan(block, null));
    }
}
