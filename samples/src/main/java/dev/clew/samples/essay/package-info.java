/** An example of the guides: an essay that an editor must approve. */
@NullMarked
package dev.clew.samples.essay;

import org.jspecify.annotations.NullMarked;
