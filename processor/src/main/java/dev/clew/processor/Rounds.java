package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Tool;
import dev.clew.processor.graph.GraphDeclaration;
import dev.clew.processor.graph.GraphMembers;
import dev.clew.processor.graph.GraphReader;
import dev.clew.processor.graph.GraphValidator;
import dev.clew.processor.graph.Graphs;
import dev.clew.processor.lint.Lint;
import dev.clew.processor.lint.LintMode;
import dev.clew.processor.model.Modeller;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.read.Known;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.StateReader;
import dev.clew.processor.state.StateValidator;
import dev.clew.processor.tool.ToolTypes;
import dev.clew.processor.tool.ToolValidator;
import dev.clew.processor.validate.Finding;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.FlowValidator;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.validate.ValuesMode;
import dev.clew.processor.validate.Visibility;
import dev.clew.processor.write.GraphCode;
import dev.clew.processor.write.SourceWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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
 * Takes each class of a compilation through the stages once. Whatever is wrong with a class, its types are generated,
 * so that the compiler does not report every use of them.
 *
 * <p>A class is taken in the first round in which the compiler knows all types of its signatures. Another processor may
 * make these types, so a class waits for as long as rounds bring types of others. A round that brings only our own types
 * ends the wait: what is unknown then is a mistake.
 *
 * <p>To javac nothing is reported before the last round: after an error it begins no other round, and what waits would be
 * lost. Elements belong to a round, so classes with findings are judged again in the last one. Other compilers go on after
 * an error, but that of Eclipse forgets places from one round to the next.
 */
final class Rounds {
    private final Elements elements;
    private final Messager messager;
    private final Known known = new Known();
    private final DeclarationReader reader;
    private final FlowValidator validator;
    private final Modeller modeller;
    private final StateReader states;
    private final StateValidator stateValidator;
    private final GraphReader graphReader;
    private final GraphValidator graphValidator;
    private final Graphs graphs;
    private final ToolValidator toolValidator;
    private final ToolTypes toolTypes;
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
        ValuesMode values = valuesMode(compiler);
        this.validator = new FlowValidator(elements, compiler.getTypeUtils(), known, values);
        this.modeller = new Modeller(elements);
        this.states = new StateReader(elements, compiler.getTypeUtils(), known);
        this.stateValidator = new StateValidator(elements, compiler.getTypeUtils(), known, values);
        this.graphReader = new GraphReader(elements, compiler.getTypeUtils(), known, states);
        this.graphValidator = new GraphValidator(elements, compiler.getTypeUtils(), known, values);
        this.graphs = new Graphs(elements, compiler.getTypeUtils());
        this.toolValidator = new ToolValidator(elements, known, validator);
        this.toolTypes = new ToolTypes(elements);
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
        NavigableMap<String, TypeElement> types = types(annotations, round);
        types.values().forEach(type -> known.generates(type, names(type)));
        isWritten = false;
        types.values().forEach(type -> take(type, last || !bringsOthers));
        if (last) {
            report();
        } else if (!isWritten) {
            waiting.stream().findFirst().map(types::get).ifPresent(this::askAgain);
        }
        isFirst = false;
    }

    private NavigableMap<String, TypeElement> types(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        NavigableMap<String, TypeElement> types = new TreeMap<>();
        // Elements belong to a round: what waits is looked up again by its name.
        waiting.forEach(name -> types.put(name, elements.getTypeElement(name)));
        for (TypeElement annotation : annotations) {
            for (Element annotated : round.getElementsAnnotatedWith(annotation)) {
                if (annotated instanceof TypeElement type) {
                    types.put(type.getQualifiedName().toString(), type);
                } else if (annotated.getEnclosingElement() instanceof TypeElement type) {
                    types.put(type.getQualifiedName().toString(), type);
                }
            }
        }
        return types;
    }

    private static boolean isState(TypeElement type) {
        return Attributes.of(type, State.class).isPresent();
    }

    private static boolean hasTools(TypeElement type) {
        return type.getEnclosedElements().stream()
                .anyMatch(member -> Attributes.of(member, Tool.class).isPresent());
    }

    private static boolean isGraph(TypeElement type) {
        return Attributes.of(type, StateGraph.class).isPresent();
    }

    private static List<ClassName> names(TypeElement type) {
        if (isState(type)) {
            return List.of(StateDeclaration.updateOf(type));
        }
        List<ClassName> names = new ArrayList<>(GeneratedNames.of(type).all());
        if (hasTools(type)) {
            names.add(GeneratedNames.toolsOf(type));
        }
        if (isGraph(type)) {
            names.addAll(GraphDeclaration.names(type));
        }
        return names;
    }

    private Unit read(TypeElement type) {
        if (isState(type)) {
            return new StateUnit(states.read(type), stateValidator, elements);
        }
        FlowUnit flow = new FlowUnit(reader.read(type), validator, modeller, lint);
        return hasTools(type) ? withTools(type, flow) : withoutTools(type, flow);
    }

    private Unit withTools(TypeElement type, FlowUnit flow) {
        boolean isMore = isGraph(type)
                || GraphMembers.areIn(type)
                || !flow.flow().steps().isEmpty();
        return new ToolsUnit(
                reader.readTools(type),
                toolValidator,
                toolTypes,
                isMore ? Optional.of(withoutTools(type, flow)) : Optional.empty(),
                flow);
    }

    private Unit withoutTools(TypeElement type, FlowUnit flow) {
        if (isGraph(type)) {
            return new GraphUnit(graphReader.read(type), graphValidator, graphs, flow);
        }
        return GraphMembers.areIn(type) ? new LenderUnit(flow) : flow;
    }

    private void take(TypeElement type, boolean waitsNoMore) {
        guarded(type, () -> {
            Unit unit = read(type);
            String name = type.getQualifiedName().toString();
            // What a compact source file declares cannot be looked up again.
            if (unit.unresolved().isEmpty() || waitsNoMore || Visibility.isCompact(elements, type)) {
                waiting.remove(name);
                process(unit);
                unit.taken();
            } else {
                waiting.add(name);
            }
        });
    }

    private void process(Unit unit) throws IOException {
        Findings findings = unit.validate();
        if (!isJavac || Visibility.isCompact(elements, unit.type())) {
            findings.reportTo(messager, shown, isJavac || isFirst);
        } else if (!findings.isEmpty()) {
            faulty.add(unit.type().getQualifiedName().toString());
        }
        for (Map.Entry<ClassName, TypeSpec> type : new TreeMap<>(unit.types(findings)).entrySet()) {
            write(type.getKey(), type.getValue(), unit.type());
        }
        for (Map.Entry<String, String> file : unit.resources(findings).entrySet()) {
            writer.resource(file.getKey(), file.getValue(), unit.type());
        }
    }

    private void write(ClassName name, TypeSpec type, TypeElement origin) throws IOException {
        if (!known.isTaken(name, origin)) {
            writer.write(name, type, origin);
            isWritten = true;
        }
    }

    /** The compiler begins another round only if this one makes a type. */
    private void askAgain(TypeElement type) {
        ClassName name = GeneratedNames.of(type).awaiting();
        while (known.isGenerated(name.canonicalName()) || elements.getTypeElement(name.canonicalName()) != null) {
            name = name.peerClass(name.simpleName() + "_");
        }
        ClassName free = name;
        known.marker(free, type);
        guarded(type, () -> writer.write(free, GraphCode.awaiting(free, type), type));
    }

    private void report() {
        wrongOptions.forEach(wrong -> messager.printMessage(Diagnostic.Kind.ERROR, wrong));
        for (String name : faulty) {
            TypeElement type = elements.getTypeElement(name);
            guarded(type, () -> read(type).validate().reportTo(messager, shown, true));
        }
    }

    private void guarded(TypeElement type, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            waiting.remove(type.getQualifiedName().toString());
            messager.printMessage(Diagnostic.Kind.ERROR, "Clew cannot generate code for this class: " + e, type);
        }
    }

    /** What is done for a class. */
    private interface Work {
        void run() throws IOException;
    }
}
