/** Memory across threads: the snippet of the README, whole. */
@NullMarked
package dev.clew.samples.notes;

import org.jspecify.annotations.NullMarked;
