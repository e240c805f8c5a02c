/** The annotation processor: read, validate, model, write, with plain data between the stages. */
@NullMarked
package dev.clew.processor;

import org.jspecify.annotations.NullMarked;
