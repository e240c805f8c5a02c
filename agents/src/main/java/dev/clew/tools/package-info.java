/**
 * Tools that a model may call: {@link dev.clew.tools.AgentTool} is one, made of a method by the annotation processor or of a
 * lambda; {@link dev.clew.tools.ToolRef} names one.
 */
@NullMarked
package dev.clew.tools;

import org.jspecify.annotations.NullMarked;
