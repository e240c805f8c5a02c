/** Results of tasks that outlive their runs, and the port that keeps them. */
@NullMarked
package dev.clew.cache;

import org.jspecify.annotations.NullMarked;
