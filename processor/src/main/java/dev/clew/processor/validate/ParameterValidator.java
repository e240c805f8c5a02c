package dev.clew.processor.validate;

import dev.clew.annotations.Context;
import dev.clew.annotations.Previous;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.ParameterDeclaration;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.StepDeclaration;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges the parameters of a step, each by its role. */
public final class ParameterValidator {
    private final Elements elements;
    private final Types types;
    private final ValueTypes values;
    private final TypeNames names;
    private final Findings findings;

    ParameterValidator(Elements elements, Types types, ValueTypes values, TypeNames names, Findings findings) {
        this.elements = elements;
        this.types = types;
        this.values = values;
        this.names = names;
        this.findings = findings;
    }

    void validate(StepDeclaration step) {
        for (ParameterDeclaration parameter : step.parameters()) {
            List<String> ways = waysIn(parameter);
            if (ways.size() > 1) {
                findings.add(Rule.INJECTED_TWICE, step.at(parameter), parameter.name(), String.join(" and ", ways));
            } else {
                role(step, parameter);
            }
        }
        if (step.isEntrypoint() && step.business().size() > 1) {
            findings.add(Rule.INPUT_TWICE, step.at(step.business().get(1)), step.label());
        }
    }

    private static List<String> waysIn(ParameterDeclaration parameter) {
        List<String> ways = new ArrayList<>();
        if (Attributes.of(parameter.element(), Previous.class).isPresent()) {
            ways.add("@Previous");
        }
        if (Attributes.of(parameter.element(), Context.class).isPresent()) {
            ways.add("@Context");
        }
        TypeMirror type = parameter.type();
        if (DeclarationReader.is(type, RuntimeNames.RUN.canonicalName())
                || DeclarationReader.is(type, RuntimeNames.TASK_CONTEXT.canonicalName())) {
            ways.add("its type");
        }
        return ways;
    }

    private void role(StepDeclaration step, ParameterDeclaration parameter) {
        switch (parameter.role()) {
            case BUSINESS -> business(step, parameter);
            case TASK_CONTEXT -> taskContext(step, parameter);
            case PREVIOUS, PREVIOUS_OPTIONAL -> previous(step, parameter);
            case CONTEXT -> context(step, parameter);
            case TASKS, RUN -> {}
        }
    }

    private void business(StepDeclaration step, ParameterDeclaration parameter) {
        if (step.isEntrypoint() && isSubtype(parameter.type(), RuntimeNames.COMMAND.canonicalName())) {
            findings.add(Rule.INPUT_COMMAND, step.at(parameter), step.label(), parameter.type(), "a command");
        } else if (step.isEntrypoint() && DeclarationReader.is(parameter.type(), "java.lang.Void")) {
            findings.add(Rule.INPUT_COMMAND, step.at(parameter), step.label(), parameter.type(), "no input");
        } else {
            values.check(parameter.type(), step.at(parameter));
        }
    }

    private boolean isSubtype(TypeMirror type, String qualifiedName) {
        TypeElement above = elements.getTypeElement(qualifiedName);
        return above != null && type.getKind() == TypeKind.DECLARED && types.isSubtype(type, above.asType());
    }

    private void taskContext(StepDeclaration step, ParameterDeclaration parameter) {
        if (step.isScope()) {
            findings.add(Rule.CONTEXT_IN_SCOPE, step.at(parameter), step.label());
        }
    }

    /** Types are compared by how they are written: the compiler finds no two wildcards the same. */
    private void previous(StepDeclaration step, ParameterDeclaration parameter) {
        TypeMirror saved = step.result().saved().orElse(step.result().value());
        if (!step.isEntrypoint()) {
            findings.add(Rule.PREVIOUS_IN_TASK, step.at(parameter), step.label());
        } else if (parameter.type().getKind().isPrimitive()) {
            findings.add(
                    Rule.PREVIOUS_PRIMITIVE,
                    step.at(parameter),
                    parameter.type(),
                    types.boxedClass((PrimitiveType) parameter.type()).getSimpleName());
        } else if (parameter.type().getKind() != TypeKind.ERROR
                && !names.of(saved).box().equals(names.of(parameter.type()))) {
            findings.add(Rule.PREVIOUS_TYPE, step.at(parameter), names.of(parameter.type()), names.of(saved));
        } else {
            values.check(parameter.type(), step.at(parameter));
        }
    }

    private void context(StepDeclaration step, ParameterDeclaration parameter) {
        if (parameter.type() instanceof DeclaredType type
                && type.getTypeArguments().isEmpty()) {
            values.checkReachable(type, step.at(parameter));
        } else {
            findings.add(Rule.CONTEXT_TYPE, step.at(parameter), parameter.type());
        }
    }
}
