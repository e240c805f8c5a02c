/** Replays stored threads against the code at hand, in copies. Not exported. */
@NullMarked
package dev.clew.engine.verify;

import org.jspecify.annotations.NullMarked;
