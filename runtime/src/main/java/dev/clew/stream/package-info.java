/** What a run tells while it happens. */
@NullMarked
package dev.clew.stream;

import org.jspecify.annotations.NullMarked;
