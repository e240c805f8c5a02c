/** What becomes of effects that must not happen twice. */
@NullMarked
package dev.clew.effect;

import org.jspecify.annotations.NullMarked;
