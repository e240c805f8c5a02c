/** Threads, runs and states as clients see them. */
@NullMarked
package dev.clew.server.view;

import org.jspecify.annotations.NullMarked;
