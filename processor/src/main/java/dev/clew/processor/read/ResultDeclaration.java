package dev.clew.processor.read;

import java.util.Optional;
import javax.lang.model.type.TypeMirror;

/**
 * What a step returns, as the user wrote it.
 *
 * @param value what the caller gets, without the stage and the {@code Final} around it; may be {@code void}
 * @param saved the {@code S} of a {@code Final<R, S>}
 * @param awaited whether the method returns a stage that is waited for
 */
public record ResultDeclaration(TypeMirror value, Optional<TypeMirror> saved, boolean awaited) {}
