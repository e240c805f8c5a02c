package dev.clew.processor.lint;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Waits until javac has checked the bodies of a class, which knows all types then, and reads them.
 *
 * <p>An error makes javac skip the classes that it has not checked yet. So alarms that are errors are held back until the
 * last flow is read, or javac ends: all are seen in one compilation.
 */
final class TreeLint implements Lint, TaskListener {
    private final Trees trees;
    private final Names names;
    private final LintMode mode;

    private final LintRecords records;
    /** By the name of a top-level class the flows in it. */
    private final Map<String, Map<String, Flow>> expected = new HashMap<>();

    /** Where the findings of a flow are recorded, and the scopes that it inherits. */
    private record Flow(String graph, List<String> inherited) {}

    private final Set<Alarm> held = new LinkedHashSet<>();

    private TreeLint(Trees trees, ProcessingEnvironment compiler, LintMode mode, LintRecords records) {
        this.trees = trees;
        this.names = new Names(trees, compiler.getTypeUtils());
        this.mode = mode;
        this.records = records;
    }

    /** Fails with an {@code IllegalArgumentException} if the compiler is not javac. */
    static Lint listenTo(ProcessingEnvironment compiler, LintMode mode, LintRecords records) {
        TreeLint lint = new TreeLint(Trees.instance(compiler), compiler, mode, records);
        JavacTask.instance(compiler).addTaskListener(lint);
        return lint;
    }

    @Override
    public void expect(TypeElement flow, String graph, List<String> inherited) {
        Element top = flow;
        while (top.getEnclosingElement() instanceof TypeElement outer) {
            top = outer;
        }
        expected.computeIfAbsent(Names.name((TypeElement) top), name -> new LinkedHashMap<>())
                .put(Names.name(flow), new Flow(graph, inherited));
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.COMPILATION) {
            showHeld();
        } else if (event.getKind() == TaskEvent.Kind.ANALYZE && event.getTypeElement() != null) {
            Map<String, Flow> flows = expected.remove(Names.name(event.getTypeElement()));
            if (flows != null || LocalSearch.isWorthIn(event.getCompilationUnit())) {
                read(event.getTypeElement(), event.getCompilationUnit(), flows == null ? Map.of() : flows);
            }
            if (flows != null && expected.isEmpty()) {
                showHeld();
            }
        }
    }

    private void read(TypeElement type, CompilationUnitTree file, Map<String, Flow> flows) {
        TreePath root = new TreePath(file);
        for (Tree declared : file.getTypeDecls()) {
            TreePath path = new TreePath(root, declared);
            if (declared instanceof ClassTree && type.equals(trees.getElement(path))) {
                try {
                    read(path, flows);
                } catch (RuntimeException e) { // javac would call it a bug of its own and end
                    trees.printMessage(
                            Diagnostic.Kind.NOTE, "Clew's lint cannot read this class: " + e, declared, file);
                }
            }
        }
    }

    private void read(TreePath type, Map<String, Flow> flows) {
        show(LocalSearch.alarms(names, type));
        if (!flows.isEmpty()) {
            Set<Alarm> alarms = new ScopeSearch(names, type).alarms();
            show(alarms);
            flows.forEach((name, flow) -> records.replace(
                    flow.graph(),
                    Stream.concat(
                                    alarms.stream()
                                            .filter(alarm -> alarm.flow().equals(name))
                                            .map(this::line),
                                    flow.inherited().stream().map(LintRecords::reference))
                            .toList()));
        }
    }

    /** The code, where, and what is wrong, in one line. */
    private String line(Alarm alarm) {
        CompilationUnitTree file = alarm.path().getCompilationUnit();
        long line = file.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(file, alarm.tree()));
        String name = file.getSourceFile().getName().replaceFirst("^.*[/\\\\]", "");
        return alarm.message().lines().findFirst().orElse("").replaceFirst(": ", ": " + name + ":" + line + ": ");
    }

    private void show(Set<Alarm> alarms) {
        for (Alarm alarm : alarms) {
            if (alarm.rule().kind(mode) == Diagnostic.Kind.ERROR) {
                held.add(alarm);
            } else {
                print(alarm);
            }
        }
    }

    private void showHeld() {
        held.forEach(this::print);
        held.clear();
    }

    private void print(Alarm alarm) {
        trees.printMessage(
                alarm.rule().kind(mode),
                alarm.message(),
                alarm.tree(),
                alarm.path().getCompilationUnit());
    }
}
