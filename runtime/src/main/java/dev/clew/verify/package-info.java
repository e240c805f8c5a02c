/** Whether the code at hand fits the threads that are stored. */
@NullMarked
package dev.clew.verify;

import org.jspecify.annotations.NullMarked;
