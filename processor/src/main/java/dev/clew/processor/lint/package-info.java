/**
 * The lint of bodies that must be deterministic: reads the compiler's own trees, after it has checked them, where it
 * offers any. A stage of its own beside the others: it changes nothing of what is generated.
 */
@NullMarked
package dev.clew.processor.lint;

import org.jspecify.annotations.NullMarked;
