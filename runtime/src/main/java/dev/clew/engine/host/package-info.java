/** The engine of a graph as its parts see it. Not exported. */
@NullMarked
package dev.clew.engine.host;

import org.jspecify.annotations.NullMarked;
