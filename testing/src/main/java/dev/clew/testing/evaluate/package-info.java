/** Evaluates agents and graphs over examples: {@link dev.clew.testing.evaluate.Evaluation}. */
@NullMarked
package dev.clew.testing.evaluate;

import org.jspecify.annotations.NullMarked;
