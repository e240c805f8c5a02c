/**
 * What a server keeps and finds of threads beside their runs: metadata, search, and the requests that it was sent. A part of
 * the persistence port.
 */
@NullMarked
package dev.clew.index;

import org.jspecify.annotations.NullMarked;
