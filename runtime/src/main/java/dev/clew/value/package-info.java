/** What every other room stands on: the codec port, captured types and the root of all our exceptions. */
@NullMarked
package dev.clew.value;

import org.jspecify.annotations.NullMarked;
