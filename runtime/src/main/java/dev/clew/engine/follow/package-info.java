/** How the engine learns that a thread has changed. Not exported. */
@NullMarked
package dev.clew.engine.follow;

import org.jspecify.annotations.NullMarked;
