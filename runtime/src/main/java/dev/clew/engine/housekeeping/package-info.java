/** What is done to threads that no caller of a run asks for: recovering, listing, removing, erasing. Not exported. */
@NullMarked
package dev.clew.engine.housekeeping;

import org.jspecify.annotations.NullMarked;
