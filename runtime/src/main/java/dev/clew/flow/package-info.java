/**
 * What user code calls: workflows, the running body's {@link dev.clew.flow.Run}, configurations, results and the exceptions
 * of runs.
 */
@NullMarked
package dev.clew.flow;

import org.jspecify.annotations.NullMarked;
