package dev.clew.processor.lint;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Waits until javac has checked the bodies of a class, which knows all types then, and reads them.
 *
 * <p>An error makes javac skip the classes that it has not checked yet. So alarms that are errors are held back until the
 * last class is read, or javac ends: all are seen in one compilation.
 */
final class TreeLint implements Lint, TaskListener {
    private final Trees trees;
    private final ProcessingEnvironment compiler;
    private final LintMode mode;

    private final Set<String> expected = new HashSet<>();
    private final Set<Alarm> held = new LinkedHashSet<>();

    private TreeLint(Trees trees, ProcessingEnvironment compiler, LintMode mode) {
        this.trees = trees;
        this.compiler = compiler;
        this.mode = mode;
    }

    /** Fails with an {@code IllegalArgumentException} if the compiler is not javac. */
    static Lint listenTo(ProcessingEnvironment compiler, LintMode mode) {
        TreeLint lint = new TreeLint(Trees.instance(compiler), compiler, mode);
        JavacTask.instance(compiler).addTaskListener(lint);
        return lint;
    }

    @Override
    public void expect(TypeElement flow) {
        Element top = flow;
        while (top.getEnclosingElement() instanceof TypeElement outer) {
            top = outer;
        }
        expected.add(((TypeElement) top).getQualifiedName().toString());
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.COMPILATION) {
            report();
        } else if (event.getKind() == TaskEvent.Kind.ANALYZE
                && event.getTypeElement() != null
                && expected.remove(event.getTypeElement().getQualifiedName().toString())) {
            read(event.getTypeElement(), event.getCompilationUnit());
            if (mode != LintMode.ERROR || expected.isEmpty()) {
                report();
            }
        }
    }

    private void read(TypeElement type, CompilationUnitTree file) {
        TreePath root = new TreePath(file);
        for (Tree declared : file.getTypeDecls()) {
            TreePath path = new TreePath(root, declared);
            if (declared instanceof ClassTree && type.equals(trees.getElement(path))) {
                Names names = new Names(trees, compiler.getTypeUtils());
                held.addAll(new ScopeSearch(names, path).alarms());
            }
        }
    }

    private void report() {
        held.forEach(alarm -> trees.printMessage(
                mode.kind(), alarm.message(), alarm.tree(), alarm.path().getCompilationUnit()));
        held.clear();
    }
}
