/** What a request means for a thread, checks of its answers, and the leases that it takes. Not exported. */
@NullMarked
package dev.clew.engine.request;

import org.jspecify.annotations.NullMarked;
