package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.lint.Lint;
import dev.clew.processor.lint.LintMode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/**
 * Takes each flow of a compilation through the stages once: in the first round in which the compiler knows all types of
 * its signatures, else in the last. Whatever is wrong with a flow, its two types are generated, so that the compiler does
 * not report every use of them.
 */
final class Rounds {
    private final Elements elements;
    private final Messager messager;
    private final Known known = new Known();
    private final DeclarationReader reader;
    private final FlowValidator validator;
    private final Modeller modeller;
    private final SourceWriter writer;
    private final Lint lint;

    private final Set<String> waiting = new TreeSet<>();
    private final Set<Finding> shown = new HashSet<>();

    Rounds(ProcessingEnvironment compiler) {
        this.elements = compiler.getElementUtils();
        this.messager = compiler.getMessager();
        this.reader = new DeclarationReader(elements, compiler.getTypeUtils(), known);
        this.validator = new FlowValidator(elements, compiler.getTypeUtils(), known);
        this.modeller = new Modeller(elements);
        this.writer = new SourceWriter(compiler.getFiler(), elements);
        this.lint = Lint.of(compiler, lintMode(compiler));
    }

    private LintMode lintMode(ProcessingEnvironment compiler) {
        String option = compiler.getOptions().getOrDefault(LintMode.OPTION, "warn");
        return LintMode.of(option).orElseGet(() -> {
            messager.printMessage(
                    Diagnostic.Kind.ERROR, Rule.OPTION_UNKNOWN.message(LintMode.OPTION, option, "warn, error or off"));
            return LintMode.OFF;
        });
    }

    void run(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        known.sources(round.getRootElements());
        SortedMap<String, TypeElement> flows = new TreeMap<>();
        // Elements belong to a round: what waits is looked up again by its name.
        waiting.forEach(name -> flows.put(name, elements.getTypeElement(name)));
        for (TypeElement annotation : annotations) {
            for (Element method : round.getElementsAnnotatedWith(annotation)) {
                if (method.getEnclosingElement() instanceof TypeElement flow) {
                    flows.put(flow.getQualifiedName().toString(), flow);
                }
            }
        }
        flows.values().forEach(known::flow);
        flows.values().forEach(flow -> take(flow, round.processingOver()));
    }

    private void take(TypeElement flow, boolean last) {
        try {
            FlowDeclaration declaration = reader.read(flow);
            // What a compact source file declares cannot be looked up again.
            if (declaration.unresolved().isEmpty() || last || Visibility.isCompact(elements, flow)) {
                waiting.remove(flow.getQualifiedName().toString());
                process(declaration);
                lint.expect(flow);
            } else {
                waiting.add(flow.getQualifiedName().toString());
            }
        } catch (IOException | RuntimeException e) {
            waiting.remove(flow.getQualifiedName().toString());
            messager.printMessage(Diagnostic.Kind.ERROR, "Clew cannot generate code for this class: " + e, flow);
        }
    }

    private void process(FlowDeclaration flow) throws IOException {
        Findings findings = validator.validate(flow);
        findings.reportTo(messager, shown);
        if (findings.has(Rule.RUNTIME_MISSING)) {
            return;
        }
        if (!findings.isClean()) {
            FlowModel model = modeller.stub(flow);
            write(model.names().tasks(), new TasksCode(model).stub(), flow);
            write(model.names().graph(), new GraphCode(model).stub(), flow);
        } else if (!flow.isAbstract()) {
            FlowModel model = modeller.model(flow);
            write(model.names().tasks(), new TasksCode(model).type(), flow);
            write(model.names().graph(), new GraphCode(model).type(), flow);
        }
    }

    private void write(ClassName name, TypeSpec type, FlowDeclaration flow) throws IOException {
        if (!known.isTaken(name, flow.type())) {
            writer.write(name, type, flow.type());
        }
    }
}
