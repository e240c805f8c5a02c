/** Questions to people and their answers: keys, what is pending, and the commands that answer or continue a run. */
@NullMarked
package dev.clew.interrupt;

import org.jspecify.annotations.NullMarked;
