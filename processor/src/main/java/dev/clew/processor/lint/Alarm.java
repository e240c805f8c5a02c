package dev.clew.processor.lint;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/**
 * Code that would not be replayed.
 *
 * @param rule which rule says so
 * @param path what is underlined
 * @param message what is wrong and what to do
 * @param flow the qualified name of the class whose scope would not be replayed; empty if there is none
 */
record Alarm(LintRule rule, TreePath path, String message, String flow) {
    Tree tree() {
        return path.getLeaf();
    }
}
