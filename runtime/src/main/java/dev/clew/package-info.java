/** The facade: what generated graphs and their users hold in their hands. It may use every other package; none uses it. */
@NullMarked
package dev.clew;

import org.jspecify.annotations.NullMarked;
