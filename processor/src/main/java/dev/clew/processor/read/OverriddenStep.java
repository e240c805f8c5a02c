package dev.clew.processor.read;

import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/**
 * A step of a superclass that a method without annotation overrides.
 *
 * @param kind task or entrypoint
 * @param method the step
 * @param by the method that overrides it
 * @param site where this is reported: that method, or the flow if the method is not in these sources
 */
public record OverriddenStep(StepKind kind, ExecutableElement method, ExecutableElement by, Element site) {}
