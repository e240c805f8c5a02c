package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.lint.Lint;
import dev.clew.processor.lint.LintMode;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.Modeller;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.validate.Finding;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.FlowValidator;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.validate.ValuesMode;
import dev.clew.processor.validate.Visibility;
import dev.clew.processor.write.GraphCode;
import dev.clew.processor.write.SourceWriter;
import dev.clew.processor.write.TasksCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
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
 * Takes each flow of a compilation through the stages once. Whatever is wrong with a flow, its two types are generated,
 * so that the compiler does not report every use of them.
 *
 * <p>A flow is taken in the first round in which the compiler knows all types of its signatures. Another processor may
 * make these types, so a flow waits for as long as rounds bring types of others. A round that brings only our own types
 * ends the wait: what is unknown then is a mistake.
 *
 * <p>To javac nothing is reported before the last round: after an error it begins no other round, and what waits would be
 * lost. Elements belong to a round, so flows with findings are judged again in the last one. Other compilers go on after
 * an error, but that of Eclipse forgets places from one round to the next.
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
    private final boolean isJavac;
    private final Set<String> waiting = new TreeSet<>();
    private final Set<String> faulty = new TreeSet<>();
    private final Set<Finding> shown = new HashSet<>();
    private final List<String> wrongOptions = new ArrayList<>();
    private boolean isWritten;
    private boolean isFirst = true;

    Rounds(ProcessingEnvironment compiler) {
        this.elements = compiler.getElementUtils();
        this.messager = compiler.getMessager();
        this.reader = new DeclarationReader(elements, compiler.getTypeUtils(), known);
        this.validator = new FlowValidator(elements, compiler.getTypeUtils(), known, valuesMode(compiler));
        this.modeller = new Modeller(elements);
        this.writer = new SourceWriter(compiler.getFiler(), elements, WorkflowProcessor.class);
        this.lint = Lint.of(compiler, lintMode(compiler));
        this.isJavac = elements.getClass().getName().startsWith("com.sun.tools.javac.");
    }

    private LintMode lintMode(ProcessingEnvironment compiler) {
        String option = compiler.getOptions().getOrDefault(LintMode.OPTION, "warn");
        return LintMode.of(option).orElseGet(() -> {
            wrongOptions.add(Rule.OPTION_UNKNOWN.message(LintMode.OPTION, option, LintMode.CHOICE));
            return LintMode.OFF;
        });
    }

    private ValuesMode valuesMode(ProcessingEnvironment compiler) {
        String option = compiler.getOptions().getOrDefault(ValuesMode.OPTION, "standard");
        return ValuesMode.of(option).orElseGet(() -> {
            wrongOptions.add(Rule.OPTION_UNKNOWN.message(ValuesMode.OPTION, option, ValuesMode.CHOICE));
            return ValuesMode.CODEC;
        });
    }

    void run(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        boolean bringsOthers = known.sources(round.getRootElements());
        boolean last = round.processingOver();
        NavigableMap<String, TypeElement> flows = flows(annotations, round);
        flows.values().forEach(known::flow);
        isWritten = false;
        flows.values().forEach(flow -> take(flow, last || !bringsOthers));
        if (last) {
            report();
        } else if (!isWritten) {
            waiting.stream().findFirst().map(flows::get).ifPresent(this::askAgain);
        }
        isFirst = false;
    }

    private NavigableMap<String, TypeElement> flows(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        NavigableMap<String, TypeElement> flows = new TreeMap<>();
        // Elements belong to a round: what waits is looked up again by its name.
        waiting.forEach(name -> flows.put(name, elements.getTypeElement(name)));
        for (TypeElement annotation : annotations) {
            for (Element method : round.getElementsAnnotatedWith(annotation)) {
                if (method.getEnclosingElement() instanceof TypeElement flow) {
                    flows.put(flow.getQualifiedName().toString(), flow);
                }
            }
        }
        return flows;
    }

    private void take(TypeElement flow, boolean waitsNoMore) {
        guarded(flow, () -> {
            FlowDeclaration declaration = reader.read(flow);
            String name = flow.getQualifiedName().toString();
            // What a compact source file declares cannot be looked up again.
            if (declaration.unresolved().isEmpty() || waitsNoMore || Visibility.isCompact(elements, flow)) {
                waiting.remove(name);
                process(declaration);
                lint.expect(flow, declaration.names().graph().canonicalName(), inheritedScopes(declaration));
            } else {
                waiting.add(name);
            }
        });
    }

    /** For each inherited task whose body is run again, the graph of the class that declares it, and its label. */
    private static List<String> inheritedScopes(FlowDeclaration flow) {
        return flow.steps().stream()
                .filter(step ->
                        step.isScope() && !StepDeclaration.owner(step.method()).equals(flow.type()))
                .map(step -> GeneratedNames.of(StepDeclaration.owner(step.method()))
                                .graph()
                                .canonicalName() + " " + step.label())
                .toList();
    }

    private void process(FlowDeclaration flow) throws IOException {
        Findings findings = validator.validate(flow);
        if (!isJavac || Visibility.isCompact(elements, flow.type())) {
            findings.reportTo(messager, shown, isJavac || isFirst);
        } else if (!findings.isEmpty()) {
            faulty.add(flow.type().getQualifiedName().toString());
        }
        if (findings.has(Rule.RUNTIME_MISSING) || findings.has(Rule.RUNTIME_MISFIT)) {
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
            isWritten = true;
        }
    }

    /** The compiler begins another round only if this one makes a type. */
    private void askAgain(TypeElement flow) {
        ClassName name = GeneratedNames.of(flow).awaiting();
        while (known.isGenerated(name.canonicalName()) || elements.getTypeElement(name.canonicalName()) != null) {
            name = name.peerClass(name.simpleName() + "_");
        }
        ClassName free = name;
        known.marker(free, flow);
        guarded(flow, () -> writer.write(free, GraphCode.awaiting(free, flow), flow));
    }

    private void report() {
        wrongOptions.forEach(wrong -> messager.printMessage(Diagnostic.Kind.ERROR, wrong));
        for (String name : faulty) {
            TypeElement flow = elements.getTypeElement(name);
            guarded(flow, () -> validator.validate(reader.read(flow)).reportTo(messager, shown, true));
        }
    }

    private void guarded(TypeElement flow, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            waiting.remove(flow.getQualifiedName().toString());
            messager.printMessage(Diagnostic.Kind.ERROR, "Clew cannot generate code for this class: " + e, flow);
        }
    }

    /** What is done for a flow. */
    private interface Work {
        void run() throws IOException;
    }
}
