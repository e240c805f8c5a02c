/** Several processes of one program. */
@NullMarked
package dev.clew.samples.workers;

import org.jspecify.annotations.NullMarked;
