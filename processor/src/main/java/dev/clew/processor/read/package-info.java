/** Reads what users wrote: declarations of flows and steps, with their annotations, and no opinion of them. */
@NullMarked
package dev.clew.processor.read;

import org.jspecify.annotations.NullMarked;
