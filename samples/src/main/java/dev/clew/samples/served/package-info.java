/** Workflows over HTTP. */
@NullMarked
package dev.clew.samples.served;

import org.jspecify.annotations.NullMarked;
