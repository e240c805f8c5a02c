/** Requests, replies and routes, without a web server. */
@NullMarked
package dev.clew.server.kernel;

import org.jspecify.annotations.NullMarked;
