package dev.clew.processor.model;

import com.palantir.javapoet.ClassName;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.ResultDeclaration;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.validate.ReservedNames;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.validate.Visibility;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;

/** Turns what the user wrote into what generated code needs to know of it. */
public final class Modeller {
    private final Elements elements;

    public Modeller(Elements elements) {
        this.elements = elements;
    }

    /** The model of a flow without findings. */
    public FlowModel model(FlowDeclaration flow) {
        return model(flow, flow.steps());
    }

    /** The model of a flow with findings: what of it can be written down without making the compiler complain again. */
    public FlowModel stub(FlowDeclaration flow) {
        Set<String> names = new HashSet<>(ReservedNames.FOR_ENTRYPOINTS);
        return model(
                flow,
                flow.steps().stream().filter(step -> names.add(step.name())).toList());
    }

    private FlowModel model(FlowDeclaration flow, List<StepDeclaration> steps) {
        Visibility visibility = new Visibility(elements, flow.type());
        TypeNames names = new TypeNames(visibility);
        PolicyModeller policies = new PolicyModeller(names);
        return new FlowModel(
                flow.names(),
                visibility.reaches(flow.type()) ? ClassName.get(flow.type()) : ClassName.OBJECT,
                flow.type(),
                FlowModel.isPublic(flow.type()),
                steps.stream()
                        .sorted(Comparator.comparing(StepDeclaration::kind))
                        .map(step ->
                                step(step, names, policies, name -> EffectOptions.methods(elements, flow.type(), name)))
                        .toList(),
                questions(flow, visibility),
                new Suppressions(elements).of(flow));
    }

    private static List<String> questions(FlowDeclaration flow, Visibility visibility) {
        return flow.questions().stream()
                .filter(visibility::reaches)
                .map(field -> field.getSimpleName().toString())
                .toList();
    }

    private static StepModel step(
            StepDeclaration step, TypeNames names, PolicyModeller policies, PolicyModeller.Effects effects) {
        List<ParameterModel> parameters = step.parameters().stream()
                .map(parameter -> new ParameterModel(
                        parameter.name(),
                        parameter.role(),
                        names.of(parameter.type()),
                        parameter.equals(step.varargs().orElse(null))))
                .toList();
        return new StepModel(
                step.kind(),
                step.name(),
                step.recordedName(),
                step.isScope(),
                result(step.result(), names),
                parameters,
                policies.model(step, parameters, effects),
                Optional.empty());
    }

    private static ResultModel result(ResultDeclaration result, TypeNames names) {
        return new ResultModel(
                names.of(result.value()).box(),
                result.saved().map(names::of),
                result.value().getKind() == TypeKind.VOID,
                result.awaited());
    }
}
