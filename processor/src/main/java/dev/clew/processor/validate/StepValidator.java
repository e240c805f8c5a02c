package dev.clew.processor.validate;

import dev.clew.annotations.Task;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.Location;
import dev.clew.processor.read.ResultDeclaration;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.read.StepKind;
import dev.clew.processor.read.ToolResults;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges one step of a flow: its method, its name, what it returns; others judge its parameters and options. */
public final class StepValidator {
    private static final int LONGEST_NAME = 100;

    private final Elements elements;
    private final FlowDeclaration flow;
    private final Findings findings;
    private final Visibility visibility;
    private final ValueTypes values;
    private final ParameterValidator parameters;
    private final OptionsValidator options;
    private final EffectValidator effects;

    StepValidator(
            Elements elements, Types types, Known known, ValuesMode mode, FlowDeclaration flow, Findings findings) {
        this.elements = elements;
        this.flow = flow;
        this.findings = findings;
        this.visibility = new Visibility(elements, flow.type());
        this.values = new ValueTypes(elements, types, known, visibility, findings, mode);
        this.parameters = new ParameterValidator(elements, types, values, new TypeNames(visibility), findings);
        this.options = new OptionsValidator(elements, types, visibility, findings);
        this.effects = new EffectValidator(elements, types, flow.type(), visibility, findings);
    }

    void validate(StepDeclaration step) {
        modifiers(step);
        method(step);
        name(step);
        if (suspends(step)) {
            findings.add(Rule.METHOD_SUSPENDS, step.here(), step.label());
            return;
        }
        parameters.validate(step);
        result(step);
        options.validate(step.place());
        effects.validate(step);
    }

    /** As Kotlin compiles a suspend function: what it returns is open, and its last parameter is where it continues. */
    private static boolean suspends(StepDeclaration step) {
        return step.parameters().stream()
                .anyMatch(parameter -> DeclarationReader.is(parameter.type(), "kotlin.coroutines.Continuation"));
    }

    /** In an interface all methods are abstract: the finding about the interface says enough. */
    private void modifiers(StepDeclaration step) {
        Set<Modifier> modifiers = step.method().getModifiers();
        if (modifiers.contains(Modifier.PRIVATE)) {
            findings.add(Rule.METHOD_PRIVATE, step.here(), step.label());
        } else if (!visibility.isOpen(step.method())) {
            findings.add(
                    Rule.METHOD_UNREACHABLE,
                    step.here(),
                    step.label(),
                    FlowDeclaration.label(StepDeclaration.owner(step.method())));
        }
        if (modifiers.contains(Modifier.STATIC)) {
            findings.add(Rule.METHOD_STATIC, step.here(), step.label());
        }
        if (modifiers.contains(Modifier.ABSTRACT) && !flow.type().getKind().isInterface()) {
            findings.add(Rule.METHOD_ABSTRACT, step.here(), step.label());
        }
    }

    private void method(StepDeclaration step) {
        if (!step.method().getTypeParameters().isEmpty()) {
            findings.add(Rule.METHOD_GENERIC, step.here(), step.label());
        }
        if (step.isEntrypoint() && Attributes.of(step.method(), Task.class).isPresent()) {
            findings.add(Rule.METHOD_BOTH, step.here(), step.name());
        }
        if (ReservedNames.of(step.kind()).contains(step.name())) {
            findings.add(Rule.METHOD_NAME_RESERVED, step.here(), step.label());
        }
    }

    private void name(StepDeclaration step) {
        String name = step.recordedName();
        Location place = step.at(step.options(), "name");
        String problem = nameProblem(name);
        if (!problem.isEmpty()) {
            findings.add(Rule.NAME_INVALID, place, step.label(), problem);
        }
    }

    /** What is wrong with a name under which something is recorded; empty if nothing is. */
    public static String nameProblem(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "has a control character";
        }
        if (!name.equals(name.strip())) {
            return "begins or ends with blanks";
        }
        return name.length() > LONGEST_NAME ? "has " + name.length() + " characters" : "";
    }

    private void result(StepDeclaration step) {
        ResultDeclaration result = step.result();
        if (result.saved().isPresent() && !step.isEntrypoint()) {
            findings.add(Rule.TYPE_FINAL, step.here(), step.method().getReturnType());
        }
        boolean isTool = step.kind() == StepKind.TOOL;
        if (result.value().getKind() != TypeKind.VOID && !isTool) {
            values.check(result.value(), step.here());
        } else if (isTool
                && new EffectOptions(step.options()).isOnce()
                && result.value().getKind() != TypeKind.VOID) {
            // What people and reconcile say that it gave is recorded; what the model reads of it is a message.
            values.check(ToolResults.content(elements, result.value()), step.here());
        }
        result.saved().ifPresent(saved -> values.check(saved, step.here()));
    }
}
