/**
 * The port to models: what is asked ({@link ModelRequest}), what the call knows ({@link ModelCall}), and how it fails
 * ({@link ModelException}). An adapter implements {@link ModelClient}.
 */
@NullMarked
package dev.clew.model;

import org.jspecify.annotations.NullMarked;
