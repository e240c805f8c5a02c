/** The code of scopes: how its calls are matched with the log, and how it waits for them. Not exported. */
@NullMarked
package dev.clew.engine.scope;

import org.jspecify.annotations.NullMarked;
