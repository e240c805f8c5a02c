/** Workflows of a server, as a program in Java calls them: Clew's server, and LangGraph's. */
@NullMarked
package dev.clew.client;

import org.jspecify.annotations.NullMarked;
