/** Stored threads are shown to and changed by hand: forks, updates, copies. Never a running run. */
@NullMarked
package dev.clew.engine.edit;

import org.jspecify.annotations.NullMarked;
