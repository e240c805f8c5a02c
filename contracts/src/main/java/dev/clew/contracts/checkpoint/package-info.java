/** The contract of every checkpointer. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.contracts.checkpoint;
