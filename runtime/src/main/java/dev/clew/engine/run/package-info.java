/** One activation of a run: its session, its steps and their attempts, and the journal of what they do. Not exported. */
@NullMarked
package dev.clew.engine.run;

import org.jspecify.annotations.NullMarked;
