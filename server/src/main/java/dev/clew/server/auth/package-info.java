/** Who asks, and what they may do. */
@NullMarked
package dev.clew.server.auth;

import org.jspecify.annotations.NullMarked;
