/** What is done for each route. */
@NullMarked
package dev.clew.server.api;

import org.jspecify.annotations.NullMarked;
