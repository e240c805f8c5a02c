/** A run's log: its entries, their stored form, and what they add up to. */
@NullMarked
package dev.clew.engine.log;

import org.jspecify.annotations.NullMarked;
