package dev.clew.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.Optional;

/**
 * What a step returns.
 *
 * @param value what the caller gets: the {@code R} of its future, {@link Void} for void
 * @param saved what is kept for {@code @Previous}, where it is not the value
 * @param isVoid whether the method returns nothing
 * @param awaited whether the method returns a stage
 */
public record ResultModel(TypeName value, Optional<TypeName> saved, boolean isVoid, boolean awaited) {}
