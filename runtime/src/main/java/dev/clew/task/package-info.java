/** Tasks as a workflow sees them: futures, failures, retry and cache policies. */
@NullMarked
package dev.clew.task;

import org.jspecify.annotations.NullMarked;
