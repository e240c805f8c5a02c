/** Memory across threads: the snippet of the guide, whole. */
@NullMarked
package dev.clew.samples.notes;

import org.jspecify.annotations.NullMarked;
