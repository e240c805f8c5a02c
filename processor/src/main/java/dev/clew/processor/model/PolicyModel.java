package dev.clew.processor.model;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.Optional;

/**
 * How a step is attempted, each part as the call that sets it in the step's spec: {@code timeout(Duration.parse("PT30S"))}.
 *
 * @param calls the policies that the user wrote
 * @param cacheKey the expression that makes a cache key of {@code args}
 * @param effect if its effect must not happen twice
 * @param undo what undoes its effect
 */
public record PolicyModel(
        List<CodeBlock> calls,
        Optional<CodeBlock> cacheKey,
        Optional<EffectModel> effect,
        Optional<EffectModel.Method> undo) {}
