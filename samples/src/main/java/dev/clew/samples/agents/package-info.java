/** Agents: a model that calls tools. */
@NullMarked
package dev.clew.samples.agents;

import org.jspecify.annotations.NullMarked;
