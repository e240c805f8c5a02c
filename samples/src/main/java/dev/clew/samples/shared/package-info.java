/** What the samples share: the choice of a model, and a terminal to ask at. */
@NullMarked
package dev.clew.samples.shared;

import org.jspecify.annotations.NullMarked;
