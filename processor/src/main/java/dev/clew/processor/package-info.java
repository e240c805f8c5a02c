/** The annotation processors, which run the stages in order: read, validate, model, write, with plain data between them. */
@NullMarked
package dev.clew.processor;

import org.jspecify.annotations.NullMarked;
