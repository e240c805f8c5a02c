/** What a graph is built with: its settings, contexts, permits and threads. Not exported. */
@NullMarked
package dev.clew.engine.setup;

import org.jspecify.annotations.NullMarked;
