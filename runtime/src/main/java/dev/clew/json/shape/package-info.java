/** The shapes of our own: scalars as data, containers, records and sealed types. */
@NullMarked
package dev.clew.json.shape;

import org.jspecify.annotations.NullMarked;
