package dev.clew.processor.lint;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/**
 * Code that would not be replayed.
 *
 * @param rule which rule says so
 * @param path what is underlined
 * @param message what is wrong and what to do
 */
record Alarm(LintRule rule, TreePath path, String message) {
    Tree tree() {
        return path.getLeaf();
    }
}
