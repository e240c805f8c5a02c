/** A laboratory for engine tests: graphs made of lambdas, over any checkpointer, that can be restarted and crashed. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.contracts.lab;
