/** Those who wait for a run: what they wait on, and how they are told. Not exported. */
@NullMarked
package dev.clew.engine.caller;

import org.jspecify.annotations.NullMarked;
