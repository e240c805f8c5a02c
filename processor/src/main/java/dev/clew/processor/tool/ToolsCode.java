package dev.clew.processor.tool;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.annotations.Describe;
import dev.clew.processor.graph.NodeEnumCode;
import dev.clew.processor.model.EffectModel;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.PolicyModeller;
import dev.clew.processor.model.Suppressions;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.read.ParameterDeclaration;
import dev.clew.processor.read.Role;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.read.ToolResults;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.validate.Visibility;
import dev.clew.processor.write.GraphCode;
import dev.clew.processor.write.OutcomeCode;
import dev.clew.processor.write.TypeCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Writes the {@code …Tools} of a class. */
final class ToolsCode {
    private static final ParameterizedTypeName LIST =
            ParameterizedTypeName.get(ClassName.get(List.class), ToolNames.AGENT_TOOL);

    private final Elements elements;
    private final FlowDeclaration tools;
    private final ClassName name;
    private final TypeName owner;
    private final TypeNames names;
    private final PolicyModeller policies;
    private final boolean isPublic;

    ToolsCode(Elements elements, FlowDeclaration tools) {
        Visibility visibility = new Visibility(elements, tools.type());
        this.elements = elements;
        this.tools = tools;
        this.name = GeneratedNames.toolsOf(tools.type());
        this.owner = visibility.reaches(tools.type()) ? ClassName.get(tools.type()) : ClassName.OBJECT;
        this.names = new TypeNames(visibility);
        this.policies = new PolicyModeller(names);
        this.isPublic = FlowModel.isPublic(tools.type());
    }

    /**
     * The class.
     *
     * @param tasks the tasks that its scopes call, of a class that has no graph of its own
     */
    TypeSpec type(Optional<FlowModel> tasks) {
        TypeSpec.Builder type = declaration()
                .addMethod(of().addStatement(
                                "$T.require($L, $S)",
                                RuntimeNames.CONTRACT,
                                RuntimeNames.CONTRACT_VERSION,
                                name.canonicalName())
                        .addStatement("$T.requireNonNull(tools, $S)", Objects.class, "tools")
                        .addStatement(
                                "return $T.of($L)",
                                List.class,
                                tools.steps().stream()
                                        .map(tool -> CodeBlock.of("$L(tools)", tool.name()))
                                        .collect(CodeBlock.joining(",$W")))
                        .build());
        tools.steps().forEach(tool -> type.addMethod(method(tool)));
        tasks.ifPresent(model -> GraphCode.addTasks(type, model));
        return finish(type);
    }

    /** What stands in for the type while the class has errors: code that uses it compiles. */
    TypeSpec stub() {
        return finish(declaration()
                .addMethod(of().addStatement(
                                "throw new $T($S)",
                                IllegalStateException.class,
                                tools.label() + " was compiled with errors")
                        .build()));
    }

    private TypeSpec.Builder declaration() {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addJavadoc("The tools of {@link $T}.\n", owner)
                .addModifiers(Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        Set<String> taken = new LinkedHashSet<>();
        for (StepDeclaration tool : tools.steps()) {
            String constant = NodeEnumCode.constant(tool.recordedName());
            if (taken.add(constant)) {
                type.addField(FieldSpec.builder(
                                ToolNames.TOOL_REF, constant, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                        .addJavadoc("Names the tool {@link $T#$L}.\n", owner, tool.name())
                        .initializer("$T.of($S)", ToolNames.TOOL_REF, tool.recordedName())
                        .build());
            }
            if (new EffectOptions(tool.options()).isOnce() && taken.add(outcome(tool))) {
                type.addField(
                        OutcomeCode.constant(outcome(tool), tool.recordedName(), owner, tool.name(), result(tool)));
            }
        }
        return type;
    }

    private MethodSpec.Builder of() {
        return MethodSpec.methodBuilder("of")
                .addJavadoc("The tools, whose calls are calls of this object, which all runs share.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(LIST)
                .addParameter(owner, "tools");
    }

    /** What a tool gives, as people and the outside world say it. */
    private TypeName result(StepDeclaration tool) {
        TypeMirror value = tool.result().value();
        return value.getKind() == TypeKind.VOID
                ? ClassName.get(Void.class)
                : names.of(ToolResults.content(elements, value)).box();
    }

    private static String outcome(StepDeclaration tool) {
        return NodeEnumCode.constant(tool.recordedName()) + EffectModel.OUTCOME;
    }

    private Optional<EffectModel> effect(StepDeclaration tool) {
        return policies.effect(tool.options(), each -> EffectOptions.methods(elements, tools.type(), each));
    }

    private TypeSpec finish(TypeSpec.Builder type) {
        if (isPublic) {
            type.addModifiers(Modifier.PUBLIC);
        }
        List<TypeMirror> types = tools.steps().stream()
                .flatMap(tool -> Stream.concat(
                        Stream.of(tool.result().value()),
                        tool.parameters().stream().map(ParameterDeclaration::type)))
                .toList();
        List<String> suppressed = new Suppressions(elements).of(tools.type(), types);
        if (!suppressed.isEmpty()) {
            AnnotationSpec.Builder warnings = AnnotationSpec.builder(SuppressWarnings.class);
            suppressed.forEach(each -> warnings.addMember("value", "$S", each));
            type.addAnnotation(warnings.build());
        }
        return type.addOriginatingElement(tools.type()).build();
    }

    private MethodSpec method(StepDeclaration tool) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of(
                "$T.method($S, $S)",
                ToolNames.AGENT_TOOL,
                tool.recordedName(),
                tool.options().text("value").orElse("")));
        for (ParameterDeclaration parameter : tool.business()) {
            chain.add(CodeBlock.of(
                    "$L($S, $L, $S)",
                    isNullable(parameter) ? "optional" : "parameter",
                    parameter.name(),
                    TypeCode.typeRef(names.of(parameter.type())),
                    Attributes.of(parameter.element(), Describe.class)
                            .flatMap(described -> described.text("value"))
                            .orElse("")));
        }
        chain.addAll(policies.calls(tool.options()));
        Stream.of("returnDirect", "exclusive")
                .filter(option -> tool.options()
                        .value(option)
                        .map(AnnotationValue::getValue)
                        .equals(Optional.of(true)))
                .forEach(option -> chain.add(CodeBlock.of("$L()", option)));
        effect(tool).ifPresent(effect -> chain.addAll(once(tool, effect)));
        undo(tool).ifPresent(chain::add);
        chain.add(CodeBlock.of("$L($L)", tool.isScope() ? "scope" : "leaf", body(tool)));
        return MethodSpec.methodBuilder(tool.name())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(ToolNames.AGENT_TOOL)
                .addParameter(owner, "tools")
                .addStatement("return $L", CodeBlock.join(chain, "\n."))
                .build();
    }

    private List<CodeBlock> once(StepDeclaration tool, EffectModel effect) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of("once($L)", outcome(tool)));
        chain.addAll(effect.calls());
        effect.reconciliation().ifPresent(asked -> chain.add(reconcile(tool, asked)));
        return chain;
    }

    private CodeBlock reconcile(StepDeclaration tool, EffectModel.Method asked) {
        CodeBlock body = beside(tool, asked);
        return isVoid(tool)
                ? CodeBlock.of("reconcile($L)", body)
                : CodeBlock.of("reconcile($L, $L)", TypeCode.typeRef(found(tool)), body);
    }

    private Optional<CodeBlock> undo(StepDeclaration tool) {
        return PolicyModeller.undo(
                        tool.options(),
                        tool.business().size(),
                        each -> EffectOptions.methods(elements, tools.type(), each))
                .map(method -> isVoid(tool)
                        ? CodeBlock.of("undo($L)", beside(tool, method))
                        : CodeBlock.of(
                                "undo($L, $L, $L)",
                                TypeCode.typeRef(result(tool)),
                                TypeCode.typeRef(found(tool)),
                                beside(tool, method)));
    }

    private static boolean isVoid(StepDeclaration tool) {
        return tool.result().value().getKind() == TypeKind.VOID;
    }

    private TypeName found(StepDeclaration tool) {
        return ParameterizedTypeName.get(ClassName.get(Optional.class), result(tool));
    }

    /** A call of a method beside a tool. */
    private CodeBlock beside(StepDeclaration tool, EffectModel.Method method) {
        CodeBlock arguments = method.arguments().stream()
                .map(index -> switch (index) {
                    case EffectModel.Method.CONTEXT -> CodeBlock.of("call.taskContext()");
                    case EffectModel.Method.RESULT ->
                        CodeBlock.of(
                                "call.<$T>arg($L)",
                                isVoid(tool) ? ClassName.get(Boolean.class) : found(tool),
                                tool.business().size());
                    default -> business(tool.business().get(index), index);
                })
                .collect(CodeBlock.joining(",$W"));
        return CodeBlock.of("call -> tools.$L($L)", method.method(), arguments);
    }

    private static boolean isNullable(ParameterDeclaration parameter) {
        return Stream.concat(
                        parameter.element().getAnnotationMirrors().stream(),
                        parameter.element().asType().getAnnotationMirrors().stream())
                .anyMatch(mirror ->
                        mirror.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable"));
    }

    private CodeBlock body(StepDeclaration tool) {
        List<CodeBlock> arguments = new ArrayList<>();
        int index = 0;
        for (ParameterDeclaration parameter : tool.parameters()) {
            arguments.add(parameter.role() == Role.BUSINESS ? business(parameter, index++) : injected(parameter));
        }
        CodeBlock invocation = CodeBlock.of("tools.$L($L)", tool.name(), CodeBlock.join(arguments, ",$W"));
        if (tool.result().value().getKind() == TypeKind.VOID) {
            return CodeBlock.of("call -> {$>\n$L;\nreturn null;\n$<}", invocation);
        }
        return tool.result().awaited()
                ? CodeBlock.of("call -> call.await($L)", invocation)
                : CodeBlock.of("call -> $L", invocation);
    }

    /** The cast of a primitive keeps an overload that takes the box from being called instead. */
    private CodeBlock business(ParameterDeclaration parameter, int index) {
        TypeName type = names.of(parameter.type());
        CodeBlock argument = CodeBlock.of("call.<$T>arg($L)", type.box(), index);
        return type.isPrimitive() ? CodeBlock.of("($T) $L", type, argument) : argument;
    }

    private CodeBlock injected(ParameterDeclaration parameter) {
        return switch (parameter.role()) {
            case TASKS ->
                CodeBlock.of(
                        "$T.tasks(tools, call.scope())",
                        tools.hasGraph() ? tools.names().graph() : name);
            case RUN -> CodeBlock.of("call.run()");
            case TASK_CONTEXT -> CodeBlock.of("call.taskContext()");
            case CONTEXT -> CodeBlock.of("call.context($T.class)", names.of(parameter.type()));
            default -> throw new IllegalArgumentException(parameter.name());
        };
    }
}
