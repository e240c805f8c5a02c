/** Approximate vector indexes of large stores, by JVector. */
@NullMarked
package dev.clew.jvector;

import org.jspecify.annotations.NullMarked;
