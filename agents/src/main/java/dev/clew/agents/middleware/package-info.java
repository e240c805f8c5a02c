/** Middleware for agents: what many need, each a few lines on the hooks that all may use. */
@NullMarked
package dev.clew.agents.middleware;

import org.jspecify.annotations.NullMarked;
