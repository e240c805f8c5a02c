/** What the server counts, for those who watch it. */
@NullMarked
package dev.clew.server.metrics;

import org.jspecify.annotations.NullMarked;
