/**
 * What user code and generated code see: workflows, the running body's {@link dev.clew.flow.Run}, results, commands,
 * interrupts, and the specs that generated graphs are built from.
 */
@NullMarked
package dev.clew.flow;

import org.jspecify.annotations.NullMarked;
