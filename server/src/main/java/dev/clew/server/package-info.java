/** An agent server: workflows over HTTP, as LangGraph's clients speak it. */
@NullMarked
package dev.clew.server;

import org.jspecify.annotations.NullMarked;
