/**
 * Agents: a model that calls tools in a loop, as a graph of two nodes on the durable engine. {@link dev.clew.agents.Agent} is the
 * beginning; {@link dev.clew.agents.Middleware} changes what the loop does.
 */
@NullMarked
package dev.clew.agents;

import org.jspecify.annotations.NullMarked;
