package dev.clew.processor.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.validate.TypeNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
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
    public PolicyModel model(StepDeclaration step, List<ParameterModel> parameters) {
        return new PolicyModel(calls(step.options()), cacheKey(step, parameters));
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
