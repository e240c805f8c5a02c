package dev.clew.processor.lint;

import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Reports what would make a body take another way when it is run again. What is generated never depends on it.
 *
 * <p>It needs the tree API of javac. Elsewhere, and where a build tool hides javac from processors, it is silent.
 */
public interface Lint {
    /**
     * Asks for the lint of a class with annotated methods, when the compiler gets to its bodies.
     *
     * @param graph the qualified name of the graph that is generated for it: what is found is recorded under this name
     * @param inherited the scopes that it inherits, each as the graph of the declaring class, a blank, and its label;
     *     the record refers to them
     */
    void expect(TypeElement flow, String graph, List<String> inherited);

    /** The lint of a compilation. */
    static Lint of(ProcessingEnvironment compiler, LintMode mode) {
        try {
            ProcessingEnvironment inner = Unwrapped.of(compiler);
            LintRecords records = new LintRecords(inner.getFiler());
            return mode == LintMode.OFF
                    ? (flow, graph, inherited) -> records.replace(graph, List.of())
                    : TreeLint.listenTo(inner, mode, records);
        } catch (LinkageError | IllegalArgumentException noTrees) {
            return (flow, graph, inherited) -> {};
        }
    }
}
