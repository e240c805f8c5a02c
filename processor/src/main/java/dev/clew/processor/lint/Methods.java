package dev.clew.processor.lint;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** The methods of a top-level class and of the classes in it, by what calls of them mean. */
final class Methods {
    private final Map<Element, TreePath> paths = new LinkedHashMap<>();

    Methods(Names names, TreePath type) {
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                Element element = names.element(getCurrentPath());
                if (element != null && method.getBody() != null) {
                    paths.put(element, getCurrentPath());
                }
                return null; // classes in bodies belong to the body
            }

            @Override
            public @Nullable Void visitVariable(VariableTree field, @Nullable Void unused) {
                return null;
            }
        }.scan(type, null);
    }

    Map<Element, TreePath> all() {
        return paths;
    }

    /** The code that a call runs, if it is part of this class and is not a step, which has an identity of its own. */
    Optional<TreePath> helper(Element called) {
        return Names.isStep(called) ? Optional.empty() : Optional.ofNullable(paths.get(called));
    }

    static Tree body(TreePath method) {
        return ((MethodTree) method.getLeaf()).getBody();
    }
}
