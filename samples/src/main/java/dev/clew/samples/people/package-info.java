/** Where a person decides: approve, review, correct, edit. */
@NullMarked
package dev.clew.samples.people;

import org.jspecify.annotations.NullMarked;
