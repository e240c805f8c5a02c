/**
 * What generated code needs of the runtime: specs of tasks and workflows, and the scopes that take their calls. Users of
 * Clew never name these types.
 */
@NullMarked
package dev.clew.spi;

import org.jspecify.annotations.NullMarked;
