/** Workflows of a server as tools of the Model Context Protocol. */
@NullMarked
package dev.clew.server.mcp;

import org.jspecify.annotations.NullMarked;
