/** The runs that a graph executes, or has parked: how they begin, how they end, and who hears of them. Not exported. */
@NullMarked
package dev.clew.engine.active;

import org.jspecify.annotations.NullMarked;
