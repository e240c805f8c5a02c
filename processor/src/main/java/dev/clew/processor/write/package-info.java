/** Writes the models as source files. */
@NullMarked
package dev.clew.processor.write;

import org.jspecify.annotations.NullMarked;
