package dev.clew.processor.lint;

import com.sun.source.util.TreePath;

/** Where checks say what they found. */
interface Report {
    void alarm(LintRule rule, TreePath underlined);
}
