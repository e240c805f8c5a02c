/** What a request means for a thread, decided without input and output. Not exported. */
@NullMarked
package dev.clew.engine.request;

import org.jspecify.annotations.NullMarked;
