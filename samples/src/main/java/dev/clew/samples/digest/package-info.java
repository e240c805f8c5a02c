/** Condenses a document section by section, and asks a person before the digest is written. */
@NullMarked
package dev.clew.samples.digest;

import org.jspecify.annotations.NullMarked;
