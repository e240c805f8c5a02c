/** Tools of servers of the Model Context Protocol: {@link dev.clew.mcp.McpTools}. */
@NullMarked
package dev.clew.mcp;

import org.jspecify.annotations.NullMarked;
