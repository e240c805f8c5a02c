/** Follows runs that other graphs and processes execute, and learns that a thread has changed. Not exported. */
@NullMarked
package dev.clew.engine.follow;

import org.jspecify.annotations.NullMarked;
