/** Stands for the agents' module. */
@NullMarked
package dev.clew.tools;

import org.jspecify.annotations.NullMarked;
