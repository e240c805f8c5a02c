package dev.clew.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.model.EffectModel;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.ParameterModel;
import dev.clew.processor.model.StepModel;
import dev.clew.processor.read.Role;
import dev.clew.processor.read.RuntimeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the class that holds a spec of each step, with its body: a direct call of the user's method. */
public final class StepsCode {
    static final String NAME = "Steps";

    private final FlowModel flow;
    private final ClassName tasks;
    private final String bean;
    private final String call;

    StepsCode(FlowModel flow) {
        this.flow = flow;
        this.tasks = flow.names().graph().nestedClass(TasksCode.IMPLEMENTATION);
        NameAllocator names = new NameAllocator();
        flow.steps().forEach(step -> names.newName(step.method(), step));
        this.bean = names.newName("flow");
        this.call = names.newName("call");
    }

    TypeSpec type() {
        TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
                .addJavadoc("The steps of one flow object, each a direct call of its method.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addParameter(flow.type(), bean);
        for (StepModel step : flow.steps()) {
            type.addField(TypeCode.spec(step), step.method(), Modifier.FINAL);
            // "this" also in the call: yield(…) alone would be a statement
            constructor.addStatement("this.$L = this.$L($L)", step.method(), step.method(), bean);
        }
        return type.addMethod(constructor.build())
                .addMethods(flow.steps().stream().map(this::method).toList())
                .build();
    }

    private MethodSpec method(StepModel step) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(step.method())
                .addModifiers(Modifier.PRIVATE)
                .returns(TypeCode.spec(step))
                .addParameter(flow.type(), bean);
        if (step.policy().cacheKey().isPresent() && TypeCode.isUncheckedCast(step.business())) {
            method.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "unchecked")
                    .build());
        }
        List<CodeBlock> chain = step.graph()
                .map(graph -> graph(step, graph))
                .orElseGet(() -> step.isTask() ? task(step) : entrypoint(step));
        return method.addStatement("return $L", CodeBlock.join(chain, "\n.")).build();
    }

    private List<CodeBlock> graph(StepModel step, StepModel.GraphModel graph) {
        return List.of(CodeBlock.of(
                "($L == null ? $T.clientSpec() : $T.spec($L.$L$L)).workflow()",
                bean,
                graph.type(),
                graph.type(),
                bean,
                step.method(),
                graph.isMethod() ? "()" : ""));
    }

    private List<CodeBlock> task(StepModel task) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of(
                "$T.of($S, $L)",
                RuntimeNames.TASK_SPEC,
                task.recordedName(),
                TypeCode.typeRef(task.result().value())));
        chain.add(CodeBlock.of("method($S, $S)", flow.origin().getQualifiedName(), signature(task)));
        for (ParameterModel parameter : task.business()) {
            chain.add(CodeBlock.of("parameter($S, $L)", parameter.name(), TypeCode.typeRef(parameter.type())));
        }
        chain.addAll(task.policy().calls());
        task.policy().cacheKey().ifPresent(key -> chain.add(CodeBlock.of("cacheKey(args -> $L)", key)));
        chain.add(CodeBlock.of("$L($L)", task.isScope() ? "scope" : "leaf", body(task)));
        if (task.policy().effect().isPresent()) {
            return once(task, chain, task.policy().effect().get());
        }
        return task.policy().undo().isPresent() ? undoable(task, chain) : chain;
    }

    private List<CodeBlock> undoable(StepModel task, List<CodeBlock> leaf) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of("$T.of(\n$L)", RuntimeNames.UNDOABLE, CodeBlock.join(leaf, "\n.")));
        task.policy().undo().ifPresent(method -> chain.add(undo(task, method)));
        chain.add(CodeBlock.of("spec()"));
        return chain;
    }

    private CodeBlock undo(StepModel task, EffectModel.Method method) {
        TypeName result = found(task);
        CodeBlock body = CodeBlock.of(
                "$L -> {$>\n$L.$L($L);\nreturn null;\n$<}", call, bean, method.method(), arguments(task, method));
        return task.result().isVoid()
                ? CodeBlock.of("undo($L)", body)
                : CodeBlock.of("undo($L, $L)", TypeCode.typeRef(result), body);
    }

    private static TypeName found(StepModel task) {
        return ParameterizedTypeName.get(
                ClassName.get(Optional.class), task.result().value());
    }

    private List<CodeBlock> once(StepModel task, List<CodeBlock> leaf, EffectModel effect) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of(
                "$T.of(\n$L,\n$T.$L)",
                RuntimeNames.ONCE,
                CodeBlock.join(leaf, "\n."),
                flow.names().tasks(),
                EffectModel.constant(task.method())));
        chain.addAll(effect.calls());
        effect.reconciliation().ifPresent(asked -> chain.add(reconcile(task, asked)));
        task.policy().undo().ifPresent(method -> chain.add(undo(task, method)));
        chain.add(CodeBlock.of("spec()"));
        return chain;
    }

    private CodeBlock reconcile(StepModel task, EffectModel.Method asked) {
        CodeBlock body = CodeBlock.of("$L -> $L.$L($L)", call, bean, asked.method(), arguments(task, asked));
        return task.result().isVoid()
                ? CodeBlock.of("reconcile($L)", body)
                : CodeBlock.of("reconcile($L, $L)", TypeCode.typeRef(found(task)), body);
    }

    /** What a method gets that is called beside a task. */
    private CodeBlock arguments(StepModel task, EffectModel.Method method) {
        List<CodeBlock> arguments = new ArrayList<>();
        for (int index : method.arguments()) {
            arguments.add(
                    switch (index) {
                        case EffectModel.Method.CONTEXT -> CodeBlock.of("$L.taskContext()", call);
                        case EffectModel.Method.RESULT -> result(task);
                        default -> business(task.business().get(index), index);
                    });
        }
        return CodeBlock.join(arguments, ",$W");
    }

    private CodeBlock result(StepModel task) {
        int place = task.business().size();
        return task.result().isVoid()
                ? CodeBlock.of("(boolean) $L.<$T>arg($L)", call, Boolean.class, place)
                : CodeBlock.of("$L.<$T>arg($L)", call, found(task), place);
    }

    private List<CodeBlock> entrypoint(StepModel entrypoint) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of(
                "$T.of($S,$W$L,$W$L)",
                RuntimeNames.WORKFLOW_SPEC,
                entrypoint.recordedName(),
                TypeCode.typeRef(TypeCode.input(entrypoint)),
                TypeCode.typeRef(entrypoint.result().value())));
        entrypoint.result().saved().ifPresent(saved -> chain.add(CodeBlock.of("saves($L)", TypeCode.typeRef(saved))));
        entrypoint.parameters().stream()
                .filter(parameter -> parameter.role() == Role.PREVIOUS || parameter.role() == Role.PREVIOUS_OPTIONAL)
                .forEach(previous -> chain.add(CodeBlock.of("previous($L)", TypeCode.typeRef(previous.type()))));
        flow.contexts(entrypoint).forEach(context -> chain.add(CodeBlock.of("context($T.class)", context)));
        chain.addAll(entrypoint.policy().calls());
        List<CodeBlock> names =
                flow.tasks().map(task -> CodeBlock.of("$L", task.method())).toList();
        if (!names.isEmpty()) {
            chain.add(CodeBlock.of("tasks($L)", CodeBlock.join(names, ",$W")));
        }
        List<CodeBlock> questions = new ArrayList<>();
        flow.questions().forEach(question -> questions.add(CodeBlock.of("$T.$L", flow.type(), question)));
        flow.tasks()
                .filter(task -> task.policy().effect().isPresent())
                .forEach(task -> questions.add(
                        CodeBlock.of("$T.$L", flow.names().tasks(), EffectModel.constant(task.method()))));
        if (!questions.isEmpty()) {
            chain.add(CodeBlock.of("questions($L)", CodeBlock.join(questions, ",$W")));
        }
        chain.add(CodeBlock.of("body($L)", body(entrypoint)));
        return chain;
    }

    /** Recorded to explain a mismatch, and part of the cache key: what is injected does not belong to it. */
    private static String signature(StepModel step) {
        return step.business().stream()
                .map(parameter -> parameter.type().toString())
                .collect(Collectors.joining(", ", step.method() + "(", ")"));
    }

    private CodeBlock body(StepModel step) {
        CodeBlock invocation = CodeBlock.of("$L.$L($L)", bean, step.method(), arguments(step));
        if (step.result().isVoid()) {
            return CodeBlock.of("$L -> {$>\n$L;\nreturn null;\n$<}", call, invocation);
        }
        return step.result().awaited()
                ? CodeBlock.of("$L -> $L.await($L)", call, call, invocation)
                : CodeBlock.of("$L -> $L", call, invocation);
    }

    private CodeBlock arguments(StepModel step) {
        List<CodeBlock> arguments = new ArrayList<>();
        int index = 0;
        for (ParameterModel parameter : step.parameters()) {
            arguments.add(parameter.isBusiness() ? business(parameter, index++) : injected(parameter));
        }
        return CodeBlock.join(arguments, ",$W");
    }

    /** The cast of a primitive keeps an overload that takes the box from being called instead. */
    private CodeBlock business(ParameterModel parameter, int index) {
        CodeBlock argument =
                CodeBlock.of("$L.<$T>arg($L)", call, parameter.type().box(), index);
        return parameter.type().isPrimitive() ? CodeBlock.of("($T) $L", parameter.type(), argument) : argument;
    }

    private CodeBlock injected(ParameterModel parameter) {
        return switch (parameter.role()) {
            case TASKS -> CodeBlock.of("new $T(this, $L.scope())", tasks, call);
            case RUN -> CodeBlock.of("$L.run()", call);
            case TASK_CONTEXT -> CodeBlock.of("$L.taskContext()", call);
            case PREVIOUS -> CodeBlock.of("$L.<$T>previous()", call, parameter.type());
            case PREVIOUS_OPTIONAL ->
                CodeBlock.of("$T.ofNullable($L.<$T>previous())", Optional.class, call, parameter.type());
            case CONTEXT -> CodeBlock.of("$L.context($T.class)", call, parameter.type());
            case BUSINESS -> throw new IllegalArgumentException(parameter.name());
        };
    }
}
