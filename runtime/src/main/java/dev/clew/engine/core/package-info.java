/**
 * What a run decides, without threads, locks, stores or clocks: the states of its steps and scopes, who waits for whom, and
 * when the run is at rest. The engine around it uses it under the run's lock, and does what {@link
 * dev.clew.engine.core.CoreCallbacks} says.
 */
@NullMarked
package dev.clew.engine.core;

import org.jspecify.annotations.NullMarked;
