/** What is remembered: by a thread, and across threads. */
@NullMarked
package dev.clew.samples.memory;

import org.jspecify.annotations.NullMarked;
