/** Validates declarations and collects all findings. */
@NullMarked
package dev.clew.processor.validate;

import org.jspecify.annotations.NullMarked;
