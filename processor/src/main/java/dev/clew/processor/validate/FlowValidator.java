package dev.clew.processor.validate;

import com.palantir.javapoet.ClassName;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.Location;
import dev.clew.processor.read.Role;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.StepDeclaration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Judges a flow: the class itself, then each step, then the steps beside each other. Finds all there is to find. */
public final class FlowValidator {
    private static final Map<ElementKind, String> NOT_CLASSES = Map.of(
            ElementKind.INTERFACE, "an interface",
            ElementKind.ENUM, "an enum",
            ElementKind.ANNOTATION_TYPE, "an annotation");

    private final Elements elements;
    private final Types types;
    private final Known known;
    private final ValuesMode mode;

    public FlowValidator(Elements elements, Types types, Known known, ValuesMode mode) {
        this.elements = elements;
        this.types = types;
        this.known = known;
        this.mode = mode;
    }

    /** The version of the contract that the runtime beside the flow keeps; null if it names none. */
    private @Nullable Object keptContract() {
        TypeElement contract = elements.getTypeElement(RuntimeNames.CONTRACT.canonicalName());
        return contract == null
                ? null
                : ElementFilter.fieldsIn(contract.getEnclosedElements()).stream()
                        .filter(field -> field.getSimpleName().contentEquals("VERSION"))
                        .map(VariableElement::getConstantValue)
                        .findFirst()
                        .orElse(null);
    }

    public Findings validate(FlowDeclaration flow) {
        Findings findings = new Findings();
        Location here = Location.of(flow.type());
        if (elements.getTypeElement(RuntimeNames.GRAPH.canonicalName()) == null) {
            findings.add(Rule.RUNTIME_MISSING, here, flow.label());
            return findings;
        }
        Object kept = keptContract();
        if (!Objects.equals(kept, RuntimeNames.CONTRACT_VERSION)) {
            findings.add(
                    Rule.RUNTIME_MISFIT,
                    here,
                    flow.label(),
                    RuntimeNames.CONTRACT_VERSION,
                    kept == null ? "keeps none" : "keeps " + kept);
            return findings;
        }
        kind(flow, here, findings);
        access(flow, here, findings);
        entrypoints(flow, here, findings);
        names(flow, here, findings);
        StepValidator validator = new StepValidator(elements, types, known, mode, flow, findings);
        flow.steps().forEach(validator::validate);
        neighbours(flow, findings);
        formerNames(flow, findings);
        flow.overridden()
                .forEach(step -> findings.add(
                        Rule.STEP_OVERRIDDEN,
                        Location.of(step.site()),
                        step.by().getSimpleName(),
                        step.kind().word(),
                        FlowDeclaration.label(StepDeclaration.owner(step.method()))));
        return findings;
    }

    /** Judges the methods of a class that are tools, as steps. Others judge what only tools have. */
    public void validateTools(FlowDeclaration tools, Findings findings) {
        Location here = Location.of(tools.type());
        kind(tools, here, findings);
        access(tools, here, findings);
        StepValidator validator = new StepValidator(elements, types, known, mode, tools, findings);
        tools.steps().forEach(validator::validate);
        overloaded(tools, findings);
        formerNames(tools, findings);
    }

    private static void overloaded(FlowDeclaration tools, Findings findings) {
        Set<String> methods = new HashSet<>();
        for (StepDeclaration tool : tools.steps()) {
            if (!methods.add(tool.name())) {
                findings.add(Rule.METHOD_OVERLOADED, tool.here(), tool.name());
            }
        }
    }

    private static void kind(FlowDeclaration flow, Location here, Findings findings) {
        String kind = NOT_CLASSES.get(flow.type().getKind());
        if (kind != null) {
            findings.add(Rule.FLOW_KIND, here, flow.label(), kind);
        }
        if (!flow.type().getTypeParameters().isEmpty() && !flow.isAbstract()) {
            findings.add(Rule.FLOW_GENERIC, here, flow.label());
        }
    }

    private void access(FlowDeclaration flow, Location here, Findings findings) {
        TypeElement type = flow.type();
        if (Visibility.isCompact(elements, type)) {
            findings.add(Rule.FLOW_COMPACT, here, flow.label());
        }
        if (isPrivate(type)) {
            findings.add(Rule.FLOW_PRIVATE, here, flow.label());
        }
        if (type.getNestingKind() == NestingKind.MEMBER && !type.getModifiers().contains(Modifier.STATIC)) {
            findings.add(Rule.FLOW_INNER, here, flow.label());
        }
    }

    private static boolean isPrivate(Element type) {
        return type.getModifiers().contains(Modifier.PRIVATE)
                || (type.getEnclosingElement() instanceof TypeElement outer && isPrivate(outer));
    }

    private static void entrypoints(FlowDeclaration flow, Location here, Findings findings) {
        if (flow.isAbstract()) {
            for (StepDeclaration step : flow.steps()) {
                if (step.isEntrypoint()) {
                    findings.add(Rule.FLOW_ABSTRACT, step.here(), flow.label(), step.label());
                } else if (step.parameters().stream().anyMatch(parameter -> parameter.role() == Role.TASKS)) {
                    findings.add(Rule.FLOW_ABSTRACT, step.here(), flow.label(), step.label() + " with its own handle");
                }
            }
        } else if (!flow.hasEntrypoint()
                && !flow.isGraph()
                && !flow.hasTools()
                && !NOT_CLASSES.containsKey(flow.type().getKind())) {
            findings.add(Rule.FLOW_WITHOUT_ENTRYPOINT, here, flow.label());
        }
    }

    private void names(FlowDeclaration flow, Location here, Findings findings) {
        for (ClassName name : flow.names().all()) {
            if (known.isTaken(name, flow.type())) {
                findings.add(Rule.NAME_TAKEN, here, name.canonicalName(), flow.label());
            }
        }
    }

    /** A former name must find the steps of one method only. */
    private static void formerNames(FlowDeclaration flow, Findings findings) {
        Set<String> present = new HashSet<>();
        flow.steps().forEach(step -> present.add(step.kind().word() + " " + step.recordedName()));
        Set<String> former = new HashSet<>();
        for (StepDeclaration step : flow.steps()) {
            for (String name : step.options().texts("formerly")) {
                String key = step.kind().word() + " " + name;
                String problem = name.isBlank()
                        ? "is blank"
                        : present.contains(key)
                                ? "is what a " + step.kind().word() + " of this flow is named now"
                                : former.add(key) ? "" : "is written twice in this flow";
                if (!problem.isEmpty()) {
                    findings.add(Rule.NAME_FORMER, step.at(step.options(), "formerly"), name, step.label(), problem);
                }
            }
        }
    }

    /** The second of two that clash is reported. Methods of one name have one finding, not two. */
    private static void neighbours(FlowDeclaration flow, Findings findings) {
        Set<String> methods = new HashSet<>();
        Set<String> recorded = new HashSet<>();
        for (StepDeclaration step : flow.steps()) {
            boolean isNewName = recorded.add(step.kind().word() + " " + step.recordedName());
            if (!methods.add(step.name())) {
                findings.add(Rule.METHOD_OVERLOADED, step.here(), step.name());
            } else if (!isNewName) {
                findings.add(
                        Rule.NAME_DUPLICATE,
                        step.at(step.options(), "name"),
                        step.kind().word(),
                        step.recordedName());
            }
        }
    }
}
