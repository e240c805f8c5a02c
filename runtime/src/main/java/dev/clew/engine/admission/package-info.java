/** What a request means for a thread as it is, and how its run is opened or continued. Not exported. */
@NullMarked
package dev.clew.engine.admission;

import org.jspecify.annotations.NullMarked;
