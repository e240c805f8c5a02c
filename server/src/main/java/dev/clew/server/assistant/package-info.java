/** Assistants that clients make of the workflows that are served. */
@NullMarked
package dev.clew.server.assistant;

import org.jspecify.annotations.NullMarked;
