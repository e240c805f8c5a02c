/** The promises of the engine over every checkpointer, cache and store. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.contracts.engine;
