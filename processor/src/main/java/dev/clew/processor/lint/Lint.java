package dev.clew.processor.lint;

import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Reports what would make a body take another way when it is run again. What is generated never depends on it.
 *
 * <p>It needs the tree API of javac. Elsewhere, and where a build tool hides javac from processors, it is silent.
 */
public interface Lint {
    /** Asks for the lint of a class with annotated methods, when the compiler gets to its bodies. */
    void expect(TypeElement flow);

    /** The lint of a compilation. */
    static Lint of(ProcessingEnvironment compiler, LintMode mode) {
        Lint silent = flow -> {};
        if (mode == LintMode.OFF) {
            return silent;
        }
        try {
            return TreeLint.listenTo(Unwrapped.of(compiler), mode);
        } catch (LinkageError | IllegalArgumentException noTrees) {
            return silent;
        }
    }
}
