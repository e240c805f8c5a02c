package dev.clew.processor.lint;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;

/** A chain of calls, {@code a().b(x).c(y)}. */
final class Chain {
    private Chain() {}

    /** The arguments of the calls that follow one: of {@code b} and {@code c} for {@code a}. */
    static List<TreePath> laterArguments(TreePath call) {
        List<TreePath> arguments = new ArrayList<>();
        for (TreePath above = call.getParentPath(); above != null; above = above.getParentPath()) {
            if (above.getLeaf() instanceof MethodInvocationTree later) {
                TreePath path = above;
                later.getArguments().forEach(argument -> arguments.add(new TreePath(path, argument)));
            } else if (!(above.getLeaf() instanceof MemberSelectTree)) {
                break;
            }
        }
        return arguments;
    }
}
