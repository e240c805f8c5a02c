/** What other modules add to a server. */
@NullMarked
package dev.clew.server.spi;

import org.jspecify.annotations.NullMarked;
