/** SQLite behind the runtime's ports. */
@NullMarked
package dev.clew.sqlite;

import org.jspecify.annotations.NullMarked;
