package dev.clew.processor.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.validate.TypeNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Turns the attributes of {@code @Task} and {@code @Entrypoint} into the calls that set them. */
public final class PolicyModeller {
    private static final List<String> NUMBERS = List.of("maxAttempts", "backoff", "jitter");
    private static final List<String> DURATIONS = List.of("initialInterval", "maxInterval");

    private final TypeNames names;

    /** With types named in this way. */
    public PolicyModeller(TypeNames names) {
        this.names = names;
    }

    /** The policies of a step. */
    public PolicyModel model(StepDeclaration step, List<ParameterModel> parameters, Effects effects) {
        return new PolicyModel(
                calls(step.options()),
                cacheKey(step, parameters),
                effect(step.options(), effects),
                undo(step.options(), step.business().size(), effects));
    }

    /** Finds the methods of a flow by their name. */
    @FunctionalInterface
    public interface Effects {
        List<ExecutableElement> methods(String name);
    }

    /** What is said of the effect of a step, tool or node, if it is {@code ONCE}. */
    public Optional<EffectModel> effect(Attributes written, Effects effects) {
        EffectOptions options = new EffectOptions(written);
        if (!options.isOnce()) {
            return Optional.empty();
        }
        List<CodeBlock> calls = new ArrayList<>();
        options.notDone().forEach(type -> calls.add(CodeBlock.of("notDone($T.class)", name(type))));
        duration(options.written(), EffectOptions.SETTLE).ifPresent(calls::add);
        return Optional.of(new EffectModel(
                List.copyOf(calls),
                options.reconcile()
                        .flatMap(name -> effects.methods(name).stream().findFirst())
                        .map(method -> method(Integer.MAX_VALUE, method))));
    }

    /**
     * What undoes the effect of a step, tool or node.
     *
     * @param business how many parameters it has that are values
     */
    public static Optional<EffectModel.Method> undo(Attributes written, int business, Effects effects) {
        return new EffectOptions(written)
                .undo()
                .flatMap(name -> effects.methods(name).stream().findFirst())
                .map(method -> method(business, method));
    }

    /** @param all how many of its parameters are those of the task; what follows is what is known of the result */
    private static EffectModel.Method method(int all, ExecutableElement method) {
        List<Integer> arguments = new ArrayList<>();
        int business = 0;
        for (VariableElement parameter : method.getParameters()) {
            boolean isContext = DeclarationReader.is(parameter.asType(), RuntimeNames.TASK_CONTEXT.canonicalName());
            if (isContext) {
                arguments.add(EffectModel.Method.CONTEXT);
            } else {
                arguments.add(business < all ? business : EffectModel.Method.RESULT);
                business++;
            }
        }
        return new EffectModel.Method(method.getSimpleName().toString(), List.copyOf(arguments));
    }

    /** The policies that an annotation sets, each as the call that sets it. */
    public List<CodeBlock> calls(Attributes options) {
        List<CodeBlock> calls = new ArrayList<>();
        List<String> formerly = options.texts("formerly");
        if (!formerly.isEmpty()) {
            CodeBlock names = formerly.stream().map(n -> CodeBlock.of("$S", n)).collect(CodeBlock.joining(",$W"));
            calls.add(CodeBlock.of("formerly($L)", names));
        }
        for (Attributes retry : options.nested("retry")) {
            calls.add(CodeBlock.of("retry($L)", retry(retry)));
        }
        duration(options, "timeout").ifPresent(calls::add);
        duration(options, "idleTimeout").ifPresent(calls::add);
        options.nested("cache").stream().findFirst().map(PolicyModeller::cache).ifPresent(calls::add);
        if (options.value("childMemory").map(AnnotationValue::getValue).equals(Optional.of(true))) {
            calls.add(CodeBlock.of("childMemory()"));
        }
        boolean undoes = options.value("onFailure")
                .filter(value -> value.getValue() instanceof VariableElement constant
                        && constant.getSimpleName().contentEquals("UNDO"))
                .isPresent();
        if (undoes) {
            calls.add(CodeBlock.of("undoOnFailure()"));
        }
        return List.copyOf(calls);
    }

    private CodeBlock retry(Attributes retry) {
        CodeBlock.Builder policy = CodeBlock.builder().add("$T.builder()", RuntimeNames.RETRY_POLICY);
        for (String number : NUMBERS) {
            retry.value(number).ifPresent(value -> policy.add("$Z.$L($L)", number, value.getValue()));
        }
        for (String duration : DURATIONS) {
            duration(retry, duration).ifPresent(call -> policy.add("$Z.$L", call));
        }
        retry.list("retryOn").forEach(type -> policy.add("$Z.retryOn($T.class)", name(type)));
        retry.list("retryIf").forEach(type -> policy.add("$Z.retryIf(new $T())", name(type)));
        return policy.add("$Z.build()").build();
    }

    private TypeName name(AnnotationValue type) {
        return type.getValue() instanceof TypeMirror mirror ? names.of(mirror) : ClassName.OBJECT;
    }

    private static CodeBlock cache(Attributes cached) {
        CodeBlock policy = CodeBlock.of(
                "$T.of($S)", RuntimeNames.CACHE_POLICY, cached.text("version").orElse("1"));
        return CodeBlock.of(
                "cache($L)",
                duration(cached, "ttl")
                        .map(call -> CodeBlock.of("$L.$L", policy, call))
                        .orElse(policy));
    }

    private static Optional<CodeBlock> duration(Attributes attributes, String name) {
        return attributes
                .text(name)
                .filter(text -> !text.isEmpty())
                .map(text -> CodeBlock.of("$L($T.parse($S))", name, Duration.class, text));
    }

    /** The key method stands beside the task, in the class that declares it. */
    private static Optional<CodeBlock> cacheKey(StepDeclaration step, List<ParameterModel> parameters) {
        return step.options().nested("cache").stream()
                .flatMap(cached -> cached.text("key").stream())
                .filter(key -> !key.isEmpty())
                .findFirst()
                .map(key -> CodeBlock.of(
                        "$T.$L($L)", ClassName.get(StepDeclaration.owner(step.method())), key, arguments(parameters)));
    }

    private static CodeBlock arguments(List<ParameterModel> parameters) {
        List<CodeBlock> casts = new ArrayList<>();
        for (ParameterModel parameter : parameters) {
            if (parameter.isBusiness()) {
                casts.add(CodeBlock.of("($T) args[$L]", parameter.type(), casts.size()));
            }
        }
        return CodeBlock.join(casts, ", ");
    }
}
