/** Models what will be generated. */
@NullMarked
package dev.clew.processor.model;

import org.jspecify.annotations.NullMarked;
