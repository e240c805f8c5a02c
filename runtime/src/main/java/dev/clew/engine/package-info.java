/** Drives runs: admission, scopes, attempts, replay and recovery. Not exported. */
@NullMarked
package dev.clew.engine;

import org.jspecify.annotations.NullMarked;
