/** What the engine stores with requests of queues. */
@NullMarked
package dev.clew.engine.work;

import org.jspecify.annotations.NullMarked;
