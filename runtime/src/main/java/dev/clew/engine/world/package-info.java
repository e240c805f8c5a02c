/**
 * What the engine takes from outside itself, and tells to nobody but a test: exported to the test kit only.
 */
@NullMarked
package dev.clew.engine.world;

import org.jspecify.annotations.NullMarked;
